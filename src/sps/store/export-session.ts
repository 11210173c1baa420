import { isJsonObject, type Json, type JsonObject, parseExactJson } from '../../base/json.ts';
import type { Masker } from '../../secrets/masker.ts';
import { maskLog, maskRecord } from '../call/mask-record.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import { exportFormat, exportVersion } from './session-export-schema.ts';
import { type ExportedFacts, type SessionFacts, toShownFacts } from './session-facts.ts';
import { secretsOf } from './shown-step.ts';

/** A session as a file, see session-export.schema.json. */
export interface SessionExport extends SessionContent, ExportedFacts {
  format: typeof exportFormat;
  version: typeof exportVersion;
  name: string;
}

/** @param showSecrets unmasked, with what must be masked when it is shown; else without configurations and secrets */
export function exportSession(
  name: string,
  content: SessionContent,
  showSecrets: boolean,
  facts?: SessionFacts,
): SessionExport {
  const head = { format: exportFormat, version: exportVersion, name } as const;
  const known = facts === undefined ? {} : toExportedFacts(facts, content, showSecrets);
  return { ...head, ...known, ...withoutPackagePaths(showSecrets ? content : maskContent(content)) };
}

/** A package is elsewhere on another machine. */
function withoutPackagePaths(content: SessionContent): SessionContent {
  const steps = content.steps.map((step) => {
    if (step.input === null) return step;
    const { packagePath, ...input } = step.input;
    return { ...step, input };
  });
  return { ...content, steps };
}

/** Those that are known. */
function toExportedFacts(facts: SessionFacts, { steps }: SessionContent, showSecrets: boolean): ExportedFacts {
  const shown = { ...toShownFacts(facts, secretsOf(steps), { showSecrets }), endedAt: facts.endedAt };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null));
}

function maskContent({
  createdAt,
  sessionCookie,
  cookies,
  answers,
  secretAnswers,
  steps,
}: SessionContent): SessionContent {
  const { values, names } = secretsOf(steps);
  // Short ones are masked by the names of their questions.
  const secrets = { values, names: [...new Set([...names, ...secretAnswers])] };
  const masker = createPluginMasker(secrets.values, secrets.names);
  return {
    createdAt,
    masked: true,
    sessionCookie: maskCookie(sessionCookie, 'session_cookie', masker),
    cookies: Object.fromEntries(
      Object.entries(cookies).map(([plugin, cookie]) => [plugin, maskCookie(cookie, 'cookie', masker)]),
    ),
    answers: maskUnder('key_value_pairs', answers, masker) as JsonObject,
    secretAnswers,
    steps: steps.map(({ n, startedAt, record, logLines, input }) => ({
      n,
      startedAt,
      record: maskRecord(record, secrets, []), // its log is in the lines
      logLines: maskLog(logLines, secrets),
      secrets: { values: [], names: secrets.names },
      input: input && maskInput(input, masker),
    })),
  };
}

/** A configuration may contain secrets that are too short to be found in it, so it is left out completely. */
function maskInput(
  { kwargs, cookies, ...rest }: NonNullable<StoredStep['input']>,
  masker: Masker,
): StoredStep['input'] {
  return {
    ...rest,
    kwargs: masker.json(kwargs) as JsonObject,
    cookies: {
      cookie: maskCookie(cookies.cookie, 'cookie', masker),
      session_cookie: maskCookie(cookies.session_cookie, 'session_cookie', masker),
    },
    configuration: null,
  };
}

function maskCookie(text: string, name: string, masker: Masker): string {
  return JSON.stringify(maskUnder(name, parseExactJson(text), masker));
}

/** The names around fields say which of them are secret. */
function maskUnder(name: string, value: Json, masker: Masker): Json {
  const masked = masker.json({ [name]: value });
  return isJsonObject(masked) && Object.hasOwn(masked, name) ? (masked[name] ?? null) : masked;
}
