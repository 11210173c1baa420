import { describe, expect, test } from 'vitest';
import { requireBuiltins } from '../../../build/builtins-plugin.ts';

const take = (name: string): string => `globalThis.process.getBuiltinModule('${name}')`;

describe('an import of a module of Node', () => {
  test.each([
    ['names', "import { once, on } from 'node:events';", `const { once, on } = ${take('node:events')};`],
    ['other names', "import { sep as slash } from 'node:path';", `const { sep: slash } = ${take('node:path')};`],
    ['the whole', "import path from 'node:path';", `const path = ${take('node:path')};`],
    ['a name space', "import * as fs from 'node:fs';", `const fs = ${take('node:fs')};`],
    [
      'the whole and names',
      "import process, { env } from 'node:process';",
      `const process = ${take('node:process')}; const { env } = ${take('node:process')};`,
    ],
    ['names and types', "import { type Stats, statSync } from 'node:fs';", `const { statSync } = ${take('node:fs')};`],
    ['types alone among names', "import { type Stats } from 'node:fs';", ''],
  ])('that takes %s becomes a declaration', (_what, written, taken) => {
    expect(requireBuiltins(written)).toBe(taken);
  });

  test('over several lines keeps its lines, so that source maps stay true', () => {
    const module = "import {\n  once,\n  on,\n} from 'node:events';\nonce();\n";
    expect(requireBuiltins(module)).toBe(`const { once, on } = ${take('node:events')};\n\n\n\nonce();\n`);
  });

  test.each([
    ['of types', "import type { Stats } from 'node:fs';"],
    ['for its effect', "import 'node:process';"],
    ['of a package', "import { parse } from 'yaml';"],
    ['of a file of ours', "import { parse } from './node.ts';"],
    ['that waits', "const fs = await import('node:fs');"],
    ['within a text', "  import path from 'node:path';"],
  ])('or another %s stays as it is', (_what, written) => {
    expect(requireBuiltins(written)).toBe(written);
  });
});
