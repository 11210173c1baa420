/** A message of its type and its fields: numbers are of four bytes, texts and bytes have their length in front. */
export function writeMessage(type: number, ...fields: readonly (number | boolean | string | Buffer)[]): Buffer {
  return Buffer.concat([Buffer.of(type), ...fields.map(encode)]);
}

function encode(field: number | boolean | string | Buffer): Buffer {
  if (typeof field === 'boolean') return Buffer.of(field ? 1 : 0);
  if (typeof field === 'number') return encodeNumber(field);
  const bytes = Buffer.from(field);
  return Buffer.concat([encodeNumber(bytes.length), bytes]);
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
