/** FNV-1a in 64 bits, as 16 hexadecimal digits. It keeps namesakes apart, and spares a start the loading of node:crypto. */
export function hashText(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return value.toString(16).padStart(16, '0');
}
