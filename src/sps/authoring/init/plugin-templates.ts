import { renderSuggestion } from '../../../base/nearest-name.ts';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { hooksByType, isPluginType, type PluginType } from '../../plugin/find-hook.ts';
import type { Language } from '../../plugin/plugin.ts';

export interface PluginTemplate {
  type: PluginType;
  language: Language;
  /** Built on the vendor's SDK. */
  sdk: boolean;
}

const languages: readonly Language[] = ['python', 'typescript'];

/** Every combination that exists. */
export const pluginTemplates: readonly PluginTemplate[] = (Object.keys(hooksByType) as PluginType[]).flatMap((type) => [
  { type, language: 'python', sdk: false },
  { type, language: 'python', sdk: true },
  { type, language: 'typescript', sdk: false },
]);

/** From the words of the user. @throws PluginHostError USAGE */
export function chooseTemplate(type: string, language: string, sdk: boolean): PluginTemplate {
  if (!isPluginType(type)) {
    const isUnpublished = type === 'signingca' || type === 'configuration_sync';
    throw new PluginHostError('USAGE', `there is no template for plugins of type ${JSON.stringify(type)}`, {
      hint: isUnpublished
        ? 'The hooks of this type are not published; there are templates for aa and credentialstore.'
        : renderSuggestion(type, [...Object.keys(hooksByType), 'kvgroup']),
    });
  }
  if (language !== 'python' && language !== 'typescript') {
    throw new PluginHostError('USAGE', `there is no template in the language ${JSON.stringify(language)}`, {
      hint: renderSuggestion(language, languages),
    });
  }
  if (sdk && language === 'typescript') {
    throw new PluginHostError('USAGE', "--sdk: the vendor's SDK is for Python; there is none for TypeScript", {
      hint: 'Leave out --sdk, or use --language python.',
    });
  }
  return { type, language, sdk };
}

/** The folder in `templates`: a complete plugin that works where it is. */
export function templateName({ type, language, sdk }: PluginTemplate): string {
  return `${type}-${language}${sdk ? '-sdk' : ''}`;
}
