import type { RefusalCode } from '../../base/code.ts';
import type { Problem } from '../../base/problem.ts';
import { decodeUtf8 } from '../manifest/decode-utf8.ts';
import { readPackageFile } from '../manifest/read-package-file.ts';

/** Source: plugin guide 6.0.9, default.cfg (10 KiB, UTF-8); exactly 10240 bytes and a byte-order mark are ours to decide. */
const maxBytes = 10_240;
const name = 'default.cfg';

/** Checks the sample configuration that the appliance shows to the administrator. */
export async function checkDefaultCfg(path: string): Promise<Problem<RefusalCode>[]> {
  // More than is allowed, so that the encoding of a larger file is checked too.
  const file = await readPackageFile(path, 1024 * maxBytes);
  if ('fault' in file)
    return [encoding('error', `${name}: ${file.fault}`, 'Make it a readable file, or remove it.', null)];
  const problems: Problem<RefusalCode>[] = [];
  if (file.sizeBytes > maxBytes) {
    const message = `${name}: at most ${maxBytes} bytes are allowed, got ${file.sizeBytes}`;
    const hint = 'Move explanations into the documentation; the appliance refuses a larger file.';
    problems.push({ level: 'error', code: 'DEFAULT_CFG_SIZE', message, hint, file: name, line: null });
  }
  return [...problems, ...checkEncoding(file.bytes)];
}

function checkEncoding(bytes: Buffer): Problem<RefusalCode>[] {
  const text = decodeUtf8(bytes);
  if (typeof text !== 'string') {
    return [encoding('error', `${name}:${text.line}: a byte is not UTF-8`, 'Save the file as UTF-8.', text.line)];
  }
  if (!text.startsWith('\uFEFF')) return [];
  return [encoding('warning', `${name}:1: starts with a byte-order mark`, 'Save the file as UTF-8 without it.', 1)];
}

function encoding(level: Problem['level'], message: string, hint: string, line: number | null): Problem<RefusalCode> {
  return { level, code: 'DEFAULT_CFG_ENCODING', message, hint, file: name, line };
}
