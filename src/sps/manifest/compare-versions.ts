/**
 * Orders two version texts as Debian does: `~` before the end, the end before letters, letters before the rest, digits by value.
 * Source: Debian policy 5.6.12; the plugin guide (7.5.1, MANIFEST) has its `~`.
 */
export function compareVersions(left: string, right: string): number {
  const lefts = parts(left);
  const rights = parts(right);
  for (let n = 0; n < Math.max(lefts.length, rights.length); n += 1) {
    const [leftText = '', leftDigits = ''] = lefts[n] ?? [];
    const [rightText = '', rightDigits = ''] = rights[n] ?? [];
    const order = compareText(leftText, rightText) || compareDigits(leftDigits, rightDigits);
    if (order !== 0) return order;
  }
  return 0;
}

function parts(text: string): [string, string][] {
  return Array.from(text.matchAll(/([^0-9]*)([0-9]*)/g), ([, other = '', digits = '']) => [other, digits]);
}

function compareText(left: string, right: string): number {
  for (let n = 0; n < Math.max(left.length, right.length); n += 1) {
    const order = weight(left[n]) - weight(right[n]);
    if (order !== 0) return order;
  }
  return 0;
}

function weight(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 0x10000;
}

/** Without converting them to numbers: they may have any length. */
function compareDigits(left: string, right: string): number {
  const leftDigits = left.replace(/^0+/, '');
  const rightDigits = right.replace(/^0+/, '');
  if (leftDigits.length !== rightDigits.length) return leftDigits.length - rightDigits.length;
  return leftDigits === rightDigits ? 0 : leftDigits < rightDigits ? -1 : 1;
}
