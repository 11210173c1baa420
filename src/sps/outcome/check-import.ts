import { type Problem, warning } from '../../base/problem.ts';
import type { Exchange } from '../invocation/exchange.ts';
import { findMissingModule } from '../invocation/find-missing-module.ts';
import type { RunnerSettings } from '../invocation/runner-settings.ts';
import type { Plugin } from '../plugin/plugin.ts';

/** The command that installs a module which an import asked for, at the top of the plugin or in its hook. */
export function checkImport({ ending }: Pick<Exchange, 'ending'>, plugin: Plugin, settings: RunnerSettings): Problem[] {
  const missing = ending.kind === 'raised' ? findMissingModule(ending, plugin, settings) : undefined;
  return missing === undefined ? [] : [warning('MODULE_MISSING', missing.message, missing.hint)];
}
