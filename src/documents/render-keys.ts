type Keys = readonly (string | number)[];

/** `services.credentialStores.local.0.passwords`; of a test what people count: `case 2, step 1, expect.value`. */
export function renderKeys(keys: Keys): string {
  const counted: string[] = [];
  let rest = keys;
  for (const [name, noun] of [
    ['cases', 'case'],
    ['steps', 'step'],
  ] as const) {
    const [key, index, ...others] = rest;
    if (key !== name || index === undefined || !/^\d+$/.test(String(index))) break;
    counted.push(`${noun} ${Number(index) + 1}`);
    rest = others;
  }
  return [...counted, ...(rest.length > 0 ? [rest.join('.')] : [])].join(', ') || 'the file';
}
