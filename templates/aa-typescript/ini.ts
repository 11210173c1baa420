/** Reads `[section]` and `option = value`; comments start with `#` or `;`. The configuration is any text you like, JSON too. */
export function readIni(text: string): Record<string, Record<string, string>> {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> = {};
  for (const line of text.split('\n').map((each) => each.trim())) {
    const [, name] = /^\[(.+)\]$/.exec(line) ?? [];
    const [, option, value] = /^([^#;=][^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) section = sections[name] ??= {};
    else if (option !== undefined && value !== undefined) section[option.toLowerCase()] = value;
  }
  return sections;
}
