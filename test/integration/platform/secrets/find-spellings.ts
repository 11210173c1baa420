/** A secret, and the letters and digits in the middle of it that every spelling of a text leaves as they are. */
export interface Known {
  text: string;
  core: string;
}

/** What a text holds of secrets, in whatever spelling: in the words of whoever has to mend it. */
export function findSpellings(text: string, secrets: readonly Known[]): string[] {
  const small = text.toLowerCase();
  return secrets.flatMap(({ core }) => [
    // JSON, URLs, forms, markup, shells and patterns change what stands around it.
    ...(small.includes(core.toLowerCase()) ? [`${core} as text: ${around(small, core.toLowerCase())}`] : []),
    ...encodedForms(core).flatMap(([name, form]) => (text.includes(form) ? [`${core} as ${name}`] : [])),
  ]);
}

/** As encodings write it that leave no letter; wherever it stands in what they encode. */
function encodedForms(core: string): [name: string, form: string][] {
  const bytes = Buffer.from(core);
  const hexadecimal = bytes.toString('hex');
  const percent = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return [
    ...[0, 1, 2].map((offset): [string, string] => [`base64 at ${offset}`, inBase64(bytes, offset)]),
    ['hexadecimal', hexadecimal],
    ['hexadecimal capitals', hexadecimal.toUpperCase()],
    ['percent signs', percent],
    ['percent signs and capitals', percent.toUpperCase()],
    ['hexadecimal with dashes', (hexadecimal.match(/../g) ?? []).join('-').toUpperCase()],
    ['text backwards', Array.from(core).reverse().join('')],
  ];
}

/** What the bytes alone determine, behind so many others. */
function inBase64(bytes: Buffer, offset: number): string {
  const all = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return all.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

function around(text: string, part: string): string {
  const at = text.indexOf(part);
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + 40));
}
