/** Control characters but line ends and tabs become `^[` and the like: nothing that comes from outside moves a cursor. */
export function showControls(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (each) => {
    const code = each.charCodeAt(0);
    if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
    return code === 0x7f ? '^?' : '\ufffd';
  });
}
