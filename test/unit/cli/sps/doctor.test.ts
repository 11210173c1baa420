import { expect, test } from 'vitest';
import { renderChecks } from '../../../../src/cli/sps/doctor.ts';

test('a diagnosis keeps to 80 columns, with what to do below what is wrong', () => {
  const checks = [
    { name: 'Node', status: 'ok', message: '24.0.0, /usr/bin/node', hint: '', isRequired: false },
    {
      name: 'SDK',
      status: 'missing',
      message: "not in this Python; plugins on the vendor's SDK need it, whatever they do",
      hint: 'plugin-host python install',
      isRequired: false,
    },
    {
      name: 'plugin-host.yaml',
      status: 'warning',
      message: 'first:1:1: a\nsecond:2:1: b',
      hint: 'Mend it.',
      isRequired: false,
    },
  ] as const;
  const text = renderChecks(checks, 80, { paint: (_style, each) => each });
  expect(text).toMatchInlineSnapshot(`
    "ok       Node              24.0.0, /usr/bin/node
    missing  SDK               not in this Python; plugins on the vendor's SDK need
                               it, whatever they do
                                 plugin-host python install
    warning  plugin-host.yaml  first:1:1: a
                               second:2:1: b
                                 Mend it."
  `);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
