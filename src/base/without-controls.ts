/**
 * A text of a plugin, or a name of a file, that moves no cursor, changes no colour and ends no line; also every character that YAML does not
 * hold in a block. Tabs and line ends stay.
 */
export function withoutControls(text: string): string {
  return text.replace(/[^\P{C}\t\n]|[\u2028\u2029]/gu, '\ufffd');
}
