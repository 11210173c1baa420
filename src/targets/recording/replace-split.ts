/** What a terminal may put anywhere into what it shows. */

const controls = /\u001b\[[0-9;?]*[A-Za-z]| \r|[\u0000-\u001f\u007f]/g;

/** Whether a terminal may have broken it. */
export function hasControls(text: string): boolean {
  return text.search(controls) !== -1;
}

/** Replaces a text also where a terminal has broken it. */
export function replaceSplit(text: string, searched: string, replacement: string): string {
  if (!text.includes(searched.slice(0, 1))) return text;
  let plain = '';
  const at: number[] = [];
  const keep = (start: number, end: number): void => {
    for (let index = start; index < end; index++) at.push(index);
    plain += text.slice(start, end);
  };
  let done = 0;
  for (const { 0: control, index } of text.matchAll(controls)) {
    keep(done, index);
    done = index + control.length;
  }
  if (done === 0) return text;
  keep(done, text.length);
  let replaced = '';
  let from = 0;
  for (let found = plain.indexOf(searched); found !== -1; found = plain.indexOf(searched, found + searched.length)) {
    const start = at[found] ?? 0;
    const end = (at[found + searched.length - 1] ?? start) + 1;
    if (start < from) continue;
    replaced += text.slice(from, start) + replacement;
    from = end;
  }
  return replaced + text.slice(from);
}
