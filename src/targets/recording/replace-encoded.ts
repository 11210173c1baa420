import type { StandIn } from './stand-ins.ts';

const base64 = /[0-9A-Za-z+/_-]{4,}={0,2}/g;
const hexadecimal = /(?:[0-9a-f]{2}){3,}|(?:[0-9A-F]{2}){3,}/g;
const shortestSecret = 3;

/** Data in base64 or hexadecimal that holds a secret, encoded anew with the stand-in. */
export function replaceEncoded(text: string, secrets: readonly StandIn[]): string {
  const telling = secrets.filter(({ secret }) => secret.length >= shortestSecret);
  if (telling.length === 0) return text;
  return text
    .replace(base64, (run) => replaceBase64(run, telling))
    .replace(hexadecimal, (run) => {
      const changed = exchange(Buffer.from(run, 'hex'), telling);
      if (changed === undefined) return run;
      const made = changed.toString('hex');
      return /[A-F]/.test(run) ? made.toUpperCase() : made;
    });
}

/** What stands before it may look like a part of it. */
function replaceBase64(run: string, secrets: readonly StandIn[]): string {
  const encoding = /[-_]/.test(run) ? 'base64url' : 'base64';
  for (const start of [0, 1, 2, 3]) {
    const data = run.slice(start);
    const changed = exchange(Buffer.from(data, encoding), secrets);
    if (changed === undefined) continue;
    const made = changed.toString(encoding);
    const isPadded = data.length % 4 === 0 || encoding === 'base64url';
    return run.slice(0, start) + (isPadded ? made : made.replace(/={1,2}$/, ''));
  }
  return run;
}

/** Undefined when it holds none of them. */
function exchange(bytes: Buffer, secrets: readonly StandIn[]): Buffer | undefined {
  let text = bytes.toString('latin1');
  let isChanged = false;
  for (const { secret, text: standIn } of secrets) {
    const inBytes = Buffer.from(secret).toString('latin1');
    for (const each of [inBytes, Buffer.from(secret, 'utf16le').toString('latin1')]) {
      if (!text.includes(each)) continue;
      text = text.replaceAll(each, () =>
        each === inBytes ? standIn : Buffer.from(standIn, 'utf16le').toString('latin1'),
      );
      isChanged = true;
    }
  }
  return isChanged ? Buffer.from(text, 'latin1') : undefined;
}
