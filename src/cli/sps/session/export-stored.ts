import { chmodSync, existsSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { fileUnwritable } from '../../../documents/file-unwritable.ts';
import { resolveHost } from '../../../sps/call/resolve-host.ts';
import { packagePathOf } from '../../../sps/call/step-input.ts';
import { createPluginMasker } from '../../../sps/plugin/plugin-secrets.ts';
import { isHiddenName } from '../../../sps/recording/is-hidden-name.ts';
import { exportSession } from '../../../sps/store/export-session.ts';
import { readSessionExport } from '../../../sps/store/read-session-export.ts';
import { unnamedPattern } from '../../../sps/store/require-session-name.ts';
import { requireWhole } from '../../../sps/store/require-whole.ts';
import type { StoredStep } from '../../../sps/store/session-content.ts';
import { secretsOf, toShownSteps } from '../../../sps/store/shown-step.ts';
import type { StoredSessions } from '../../../sps/store/stored-sessions.ts';
import { chooseSession } from '../../../sps/stores/choose-session.ts';
import { openStore } from '../../../sps/stores/open-store.ts';
import type { OptionsOf } from '../../command/declare-command.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';
import type { SharedOptions } from '../commands/host-options.ts';
import type { sessionCommands } from '../commands/session-commands.ts';
import { hostOf, hostOptionsOf } from '../host-options-of.ts';
import { waitOptions } from '../wait-options.ts';

type ExportOptions = OptionsOf<typeof sessionCommands.export>;
type ImportOptions = OptionsOf<typeof sessionCommands.import>;

/** Writes a session as one JSON document, to standard output or a file. */
export async function exportStored(
  terminal: Terminal,
  named: string | undefined,
  options: ExportOptions,
): Promise<number> {
  const { output, html, asTest, showSecrets = false } = options;
  await using store = await openStore(await hostOf(options.plugin, options));
  const name = await chooseSession(store, named, isHiddenName);
  if (html !== undefined) return await exportHtml(terminal, store, name, { ...options, html });
  if (asTest) return await exportTest(terminal, store, name, options);
  const { content, facts } = await store.look(name, (reader) => ({ content: reader.content(), facts: reader.facts() }));
  requireWhole(store, name, content.steps);
  const exported = exportSession(name, content, showSecrets, facts);
  if (showSecrets) terminal.say('warning: it contains passwords, keys, answers and configurations, unmasked');
  if (output === undefined) terminal.printJson(exported);
  else {
    write(output, `${JSON.stringify(exported, undefined, 2)}\n`, showSecrets);
    const { masked, steps } = exported;
    if (options.json) terminal.printJson({ session: name, file: output, masked, steps: steps.length });
  }
  return 0;
}

/** As one page that opens from the disk. */
async function exportHtml(
  terminal: Terminal,
  store: StoredSessions,
  name: string,
  { html, json, ...options }: ExportOptions & { html: string },
): Promise<number> {
  const showSecrets = options.showSecrets ?? false;
  const [{ renderExport }, { pageFiles }] = await Promise.all([
    import('../../../inspector/serving/render-export.ts'),
    import('../../../inspector/serving/page-files.ts'),
  ]);
  const version = ownVersion();
  const text = await renderExport(store, name, { page: pageFiles(), showSecrets, version });
  if (showSecrets) terminal.say('warning: it contains passwords, keys and answers, unmasked');
  if (html === '-') {
    terminal.print(text);
    return 0;
  }
  write(html, text, showSecrets);
  if (json) terminal.printJson({ session: name, file: html, masked: !showSecrets });
  return 0;
}

/** As a test that expects what was recorded. */
async function exportTest(
  terminal: Terminal,
  store: StoredSessions,
  name: string,
  { output, json, ...options }: ExportOptions,
): Promise<number> {
  const showSecrets = options.showSecrets ?? false;
  const { findMasked, renderTestFile } = await import('../../../inspector/copying/render-case.ts');
  const steps = requireWhole(store, name, await store.readSteps(name));
  const shown = toShownSteps(steps, { showSecrets });
  const first = shown[0]?.plugin;
  const secrets = secretsOf(steps);
  const masker = createPluginMasker(secrets.values, secrets.names);
  const ofPlugin = shown.flatMap((step, index) => {
    const { cookie, session_cookie, ...received } = step.kwargs;
    const given = steps[index]?.input?.kwargs ?? received;
    const kwargs = (showSecrets ? given : masker.json(given)) as typeof received;
    return step.plugin.name === first?.name && step.plugin.type === first.type ? [{ ...step, kwargs }] : [];
  });
  if (first === undefined)
    throw new PluginHostError('STEP_NOT_FOUND', `${name}: has no step yet`, { hint: 'Make a call.' });
  const left = shown.length - ofPlugin.length;
  if (left > 0)
    terminal.say(
      `${left === 1 ? '1 step is' : `${left} steps are`} of another plugin than ${first.name}, and left out: a test has one plugin`,
    );
  const masked = ofPlugin.flatMap(findMasked);
  if (masked.length > 0)
    terminal.say(
      `warning: masked, and left out of the calls: ${[...new Set(masked)].join(', ')}. The test fails until they are put back; comments say where. --show-secrets writes them`,
    );
  const isMade = !isHiddenName(name) && !unnamedPattern.test(name);
  const title = isMade ? name : `${[...new Set(ofPlugin.map(({ hook }) => hook))].join(', ')} of ${first.name}`;
  const plugin = pluginOfTest(steps[0], output);
  const other = await otherConfiguration(steps[0], options);
  const isLeftOut = other !== undefined && !showSecrets;
  if (isLeftOut)
    terminal.say(
      'warning: left out is the configuration, which is not the one that the plugin has now. A comment says where it belongs. --show-secrets writes it',
    );
  const text = renderTestFile(title, { plugin, configuration: isLeftOut ? null : other }, ofPlugin);
  if (output === undefined) terminal.print(text);
  else {
    write(output, text, showSecrets);
    if (json) terminal.printJson({ session: name, file: output, masked: !showSecrets, steps: ofPlugin.length });
  }
  return 0;
}

/** A test file names its plugin from its own folder; one on standard output is kept in the current folder. */
function pluginOfTest(step: StoredStep | undefined, output: string | undefined): string {
  const given = step === undefined ? '.' : packagePathOf(step);
  if (step === undefined || path.isAbsolute(step.record.plugin.path)) return given;
  const folder = output === undefined ? process.cwd() : path.dirname(path.resolve(output));
  return path.relative(folder, path.resolve(given)) || '.';
}

/** Undefined: it is what the plugin is configured with now, or not known. */
async function otherConfiguration(step: StoredStep | undefined, options: SharedOptions): Promise<string | undefined> {
  const recorded = step?.input?.configuration ?? undefined;
  if (step === undefined || recorded === undefined) return undefined;
  const plugin = packagePathOf(step);
  if (!existsSync(plugin)) return recorded;
  const { configuration } = await resolveHost(plugin, await hostOptionsOf(options));
  return configuration === recorded ? undefined : recorded;
}

function ownVersion(): string {
  const { version } = createRequire(import.meta.url)('plugin-host/package.json') as { version: string };
  return version;
}

/** Imports an exported session. */
export async function importStored(terminal: Terminal, file: string, options: ImportOptions): Promise<number> {
  const content = readSessionExport(file);
  await using store = await openStore(await hostOf(options.plugin, options));
  const { masked, steps, name: exportedName } = content;
  const name = options.name ?? exportedName;
  const replaced = await store.has(name);
  await store.fill(name, content, {
    replace: options.replace ?? false,
    ...waitOptions(terminal),
  });
  if (options.json) terminal.printJson({ session: name, masked, steps: steps.length, replaced });
  else {
    const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
    terminal.show(`${name}: ${count}${replaced ? ', replacing the existing session' : ''}`);
  }
  if (masked) terminal.say('its secrets are masked: it can be shown, but in a replay the plugins get *** instead');
  return 0;
}

/** Only its owner can read a file with secrets. @throws PluginHostError FILE_UNWRITABLE */
function write(file: string, text: string, isSecret: boolean): void {
  try {
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    if (isSecret && isThere) chmodSync(file, 0o600);
    // Whole or not at all, where it is a file and not a pipe.
    const isSpecial = !isThere && statSync(file, { throwIfNoEntry: false }) !== undefined;
    const written = isSpecial ? file : `${file}.${process.pid}~`;
    writeFileSync(written, text, isSecret ? { mode: 0o600 } : {});
    if (!isSpecial) renameSync(written, file);
  } catch (cause) {
    throw fileUnwritable(file, cause, 'Name a file in a writable folder.');
  }
}
