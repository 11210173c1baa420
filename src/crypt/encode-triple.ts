const letters = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Three bytes as four letters, the lowest six bits first. Source: crypt(3). */
export function encodeTriple(high: number, middle: number, low: number, count: number): string {
  let bits = (high << 16) | (middle << 8) | low;
  let text = '';
  for (let index = 0; index < count; index++, bits >>>= 6) text += letters[bits & 63] ?? '';
  return text;
}
