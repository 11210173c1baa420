import { error, type Problem } from '../../base/problem.ts';
import { type LimitName, type Limits, renderLimit } from '../../process/limits.ts';
import type { Exchange } from '../invocation/exchange.ts';

/** What a program says, or how it ends, when a limit stops it: Python's exceptions, Node's codes, V8's last message. */
const signs: [LimitName, RegExp][] = [
  [
    'memory',
    /\bMemoryError\b|heap out of memory|Array buffer allocation failed|\bENOMEM\b|Cannot allocate memory|out of memory/i,
  ],
  ['openFiles', /\bEMFILE\b|Too many open files/],
  ['fileSize', /\bEFBIG\b|File too large/],
];

/** The limit of `limits:` that the plugin reached, if its end or its exception says so. */
export function checkLimits(exchange: Exchange, { limits }: { limits: Limits }): Problem[] {
  const names = Object.values(limits).some((value) => value !== undefined) ? findReached(exchange) : [];
  return names.flatMap((name) => {
    const limit = renderLimit(limits, name);
    if (limit === undefined) return [];
    return [
      error(
        'LIMIT_REACHED',
        `the plugin reached its limit of ${limit}`,
        'Use less, or raise `limits:` in plugin-host.yaml; the appliance has limits of its own.',
      ),
    ];
  });
}

function findReached({ ending, exceeded, collectLog }: Exchange): LimitName[] {
  if (exceeded !== undefined) return [exceeded];
  if (ending.kind === 'raised') return findSigns(`${ending.exception}: ${ending.message}`);
  if (ending.kind !== 'exited') return [];
  if (ending.signal === 'SIGXFSZ') return ['fileSize'];
  return findSigns(
    collectLog((text) => text)
      .lines.map(({ text }) => text)
      .join('\n'),
  );
}

function findSigns(words: string): LimitName[] {
  return signs.filter(([, sign]) => sign.test(words)).map(([name]) => name);
}
