import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { maskWord } from '../../sps/plugin/mask-word.ts';
import { collectPluginSecrets, createPluginMasker } from '../../sps/plugin/plugin-secrets.ts';
import type { StoredStep } from '../../sps/store/session-content.ts';
import type { ReadSession } from '../sessions/step-cache.ts';

export interface ShownInput {
  /** All, before those were left out that the plugin does not declare. */
  kwargs: JsonObject;
  configuration: string | null;
  python: string | null;
  api: string;
  spsVersion: string | null;
  /** Absolute, where the path of the step is relative. */
  packagePath: string | null;
}

/** What a call was given, as it may be shown. */
export function maskInput({ record, input }: StoredStep, { secrets, showSecrets }: ReadSession): ShownInput {
  const { cookie, session_cookie, ...received } = record.kwargs;
  const kwargs = input?.kwargs ?? received;
  const configuration = input?.configuration ?? null;
  const rest = {
    python: input?.python ?? null,
    api: input?.api ?? record.plugin.api,
    spsVersion: input?.spsVersion ?? null,
    packagePath: input?.packagePath ?? null,
  };
  if (showSecrets) return { kwargs, configuration, ...rest };
  const masker = createPluginMasker(secrets.values, secrets.names);
  const masked = masker.json(kwargs) as JsonObject;
  return { kwargs: masked, configuration: configuration && maskConfiguration(configuration, secrets), ...rest };
}

/** Short secrets too, which are not looked for anywhere else: a line whose value is one is masked. */
function maskConfiguration(text: string, secrets: StoredStep['secrets']): string {
  const masker = createPluginMasker(secrets.values, secrets.names);
  const short = new Set(collectPluginSecrets({ configuration: text, names: secrets.names }).values);
  return masker
    .text(text)
    .split('\n')
    .map((line) => {
      const at = line.search(/[=:]/);
      const value = line.slice(at + 1).trim();
      return at >= 0 && short.has(value) ? `${line.slice(0, at + 1)} ${maskWord}` : line;
    })
    .join('\n');
}

/** An edited configuration in clear: a line that stands masked as it was shown is the recorded one. */
export function restoreConfiguration(edited: string, recorded: string, secrets: StoredStep['secrets']): string {
  const lines = recorded.split('\n');
  const masked = maskConfiguration(recorded, secrets).split('\n');
  const known = new Map(
    masked.flatMap((line, index) => (line.includes(maskWord) ? [[withoutReturn(line), lines[index] ?? line]] : [])),
  );
  return edited
    .split('\n')
    .map((line) => known.get(withoutReturn(line)) ?? line)
    .join('\n');
}

/** A text field of a page has line feeds only. */
function withoutReturn(line: string): string {
  return line.replace(/\r$/, '');
}

/** Edited arguments in clear: a text that stands as it was shown masked is what was recorded at its place. Source: inspector contract, replay. */
export function restoreMasked(edited: Json, recorded: Json | undefined, masked: Json | undefined): Json {
  if (recorded === undefined) return edited;
  if (typeof edited === 'string') {
    const isMasked = edited === maskWord || (edited.includes(maskWord) && edited === masked);
    return isMasked ? recorded : edited;
  }
  if (Array.isArray(edited)) {
    const [items, shown] = [asList(recorded), asList(masked)];
    return edited.map((item, index) => restoreMasked(item, items[index], shown[index]));
  }
  if (!isJsonObject(edited) || !isJsonObject(recorded)) return edited;
  const shown = isJsonObject(masked) ? masked : {};
  return Object.fromEntries(
    Object.entries(edited).map(([key, value]) => [
      key,
      restoreMasked(value, Object.hasOwn(recorded, key) ? recorded[key] : undefined, shown[key]),
    ]),
  );
}

function asList(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
