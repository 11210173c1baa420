import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RefusalCode } from '../../../base/code.ts';
import type { Json } from '../../../base/json.ts';
import type { Problem } from '../../../base/problem.ts';
import { makeTemporaryFolder } from '../../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../../process/folders/remove-folder.ts';
import type { Release } from '../../manifest/release.ts';
import { checkPackage } from '../../package/check-package.ts';
import { openPackage } from '../../package/open-package.ts';
import { maxZipBytes } from '../../package/zip-content.ts';
import { PolicyFault } from '../policy-fault.ts';
import type { UploadedPlugin } from '../store-plugin.ts';
import { findZip } from './find-zip.ts';

export interface InspectedPlugin extends UploadedPlugin {
  warnings: Problem<RefusalCode>[];
}

export interface InspectOptions {
  release: Release;
  /** Types that the profile knows. */
  types: readonly string[];
}

/** What people read instead of a path of this machine. */
const shownName = 'plugin.zip';
const releaseCodes: readonly RefusalCode[] = ['API_TOO_NEW', 'API_OTHER_MAJOR', 'SPS_TOO_OLD', 'SPS_TOO_NEW'];

/**
 * Looks into the body of an upload; runs nothing of it.
 * @throws PolicyFault InvalidPlugin, PluginNotSupported; `details` has the code and all problems of `plugin-host check`
 */
export async function inspectUpload(upload: Buffer, options: InspectOptions): Promise<InspectedPlugin> {
  const bytes = findZip(upload);
  if (bytes === undefined) throw refusal([zipFault('the body is neither a ZIP nor a multipart body with one')]);
  if (bytes.length > maxZipBytes) {
    throw refusal([zipFault(`must have at most ${maxZipBytes} bytes, got ${bytes.length}`, 'ZIP_TOO_LARGE')]);
  }
  const folder = makeTemporaryFolder();
  try {
    return await inspectIn(folder, bytes, options);
  } finally {
    removeFolder(folder);
  }
}

async function inspectIn(folder: string, bytes: Buffer, { release, types }: InspectOptions): Promise<InspectedPlugin> {
  const file = path.join(folder, shownName);
  await writeFile(file, bytes, { mode: 0o600 });
  const { package: opened, problems } = await openPackage(file, { stateDir: folder });
  if (opened === undefined) throw refusal(withoutPath(problems, folder));
  const report = await checkPackage(opened, { release, strict: false, legacyPython: false });
  const found = withoutPath([...problems, ...report.problems], folder).map(tolerate);
  const { fields } = report;
  if (fields !== undefined && !types.includes(fields.type)) found.push(unknownType(fields.type));
  if (fields === undefined || found.some(({ level }) => level === 'error')) throw refusal(found);
  const { type, name, version, api, description = '', spsMinVersion = '', spsMaxVersion = '' } = fields;
  return {
    type,
    body: { name, description, version, api, scb_min_version: spsMinVersion, scb_max_version: spsMaxVersion },
    package: {
      digest: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      defaultConfiguration: await readDefaultConfiguration(opened.root),
    },
    bytes,
    warnings: found,
  };
}

async function readDefaultConfiguration(root: string): Promise<string | null> {
  const text = await readFile(path.join(root, 'default.cfg'), 'utf8').catch(() => undefined);
  return text?.replace(/^\uFEFF/, '') ?? null;
}

/** The appliance takes a plugin for Python 2. */
function tolerate(problem: Problem<RefusalCode>): Problem<RefusalCode> {
  return problem.code === 'LEGACY_PYTHON' ? { ...problem, level: 'warning' } : problem;
}

function withoutPath(problems: readonly Problem<RefusalCode>[], folder: string): Problem<RefusalCode>[] {
  const clean = (text: string): string => text.replaceAll(`${folder}${path.sep}`, '').replaceAll(folder, shownName);
  return problems.map((problem) => ({ ...problem, message: clean(problem.message), hint: clean(problem.hint) }));
}

function zipFault(what: string, code: RefusalCode = 'ZIP_INVALID'): Problem<RefusalCode> {
  const hint = 'Send the ZIP that `plugin-host pack` writes.';
  return { level: 'error', code, message: `${shownName}: ${what}`, hint, file: null, line: null };
}

function unknownType(type: string): Problem<RefusalCode> {
  const message = `MANIFEST: this profile of SPS has no plugins of type ${type}`;
  const hint = 'Serve with --compat current, which has them.';
  return { level: 'error', code: 'TYPE_UNKNOWN', message, hint, file: 'MANIFEST', line: null };
}

function refusal(problems: readonly Problem<RefusalCode>[]): PolicyFault {
  const first = problems.find(({ level }) => level === 'error');
  if (first === undefined) throw new Error('no reason to refuse the package');
  const type = releaseCodes.includes(first.code) ? 'PluginNotSupported' : 'InvalidPlugin';
  return new PolicyFault(type, first.message, { code: first.code, problems: problems as unknown as Json });
}
