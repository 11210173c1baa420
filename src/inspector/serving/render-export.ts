import { createHash } from 'node:crypto';
import { requireWhole } from '../../sps/store/require-whole.ts';
import { toShownFacts } from '../../sps/store/session-facts.ts';
import { toShownStep } from '../../sps/store/shown-step.ts';
import type { StoredSessions } from '../../sps/store/stored-sessions.ts';
import { maskInput } from '../api/mask-input.ts';
import { readEntry } from '../sessions/session-entry.ts';
import { readOn } from '../sessions/step-cache.ts';
import { documentHead, type PageFiles, withoutScript } from './page-files.ts';

export interface ExportOptions {
  page: PageFiles;
  showSecrets: boolean;
  version: string;
}

/**
 * A session and the page in one file, which opens from the disk and loads nothing. The same session gives the same bytes.
 * @throws PluginHostError SESSION_NOT_FOUND, STORE_UNREADABLE, FORMAT_TOO_NEW
 */
export async function renderExport(store: StoredSessions, name: string, options: ExportOptions): Promise<string> {
  const { page, showSecrets, version } = options;
  const { session, element } = await store.look(name, (reader) => {
    const read = readOn(reader, undefined, showSecrets);
    requireWhole(store, name, read.steps); // before they are counted
    return { session: read, element: readEntry(reader, name, { showSecrets }).entry.element };
  });
  const steps = session.steps.map((step) => toShownStep(step, session));
  const data = {
    info: { version, api: 1, stateDir: '', masked: !showSecrets, keep: 0, sessions: 1 },
    session: element,
    shown: { session: name, ...toShownFacts(session.facts, session.secrets, { showSecrets }), steps },
    inputs: session.steps.map((step) => withoutMachine(maskInput(step, session))),
  };
  const { script, style } = page;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `${documentHead.replace(/\n<title>.*<\/title>/, '')}
<meta http-equiv="content-security-policy" content="${policy}">
<title>${name} – plugin-host</title>
<style>${style}</style>
</head>
<body><div id="app"></div>${withoutScript}
<script type="application/json" id="data">${toScriptText(data)}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

/** What `session export` leaves out, the file does not have either: configuration and interpreter. */
function withoutMachine({ kwargs, api, spsVersion }: ReturnType<typeof maskInput>): object {
  return { kwargs, configuration: null, python: null, api, spsVersion, packagePath: null };
}

/** JSON that no parser of HTML takes for markup. */
function toScriptText(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
