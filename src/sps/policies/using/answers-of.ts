import type { Json } from '../../../base/json.ts';
import { collectionRules } from '../bodies/collection-rules.ts';
import { hrefOf } from '../change-entry.ts';
import type { Configuration } from '../configuration.ts';
import { showBody } from '../show-body.ts';

/** They travel with each call, so collections that go beyond this together are left out, the largest first. */
const maxCharacters = 8 * 1024 * 1024;

type Answers = [path: string, answer: Json][];

/** What committed objects and all collections answer to box queries, by path without the leading `/`. */
export function answersOf(configuration: Configuration, limit: number = maxCharacters): Record<string, Json> {
  const listed = collectionRules().filter(({ kind }) => kind === 'objects' || kind === 'plugins');
  const ids = new Set([...listed.map(({ id }) => id), ...configuration.collections.keys()]);
  const all = Array.from(ids, (id) => ofCollection(configuration, id));
  const sized = all.map((answers) => ({ answers, size: JSON.stringify(answers).length }));
  sized.sort((one, other) => one.size - other.size);
  let left = limit;
  const fitting = sized.filter(({ size }) => (left -= size) >= 0);
  return Object.fromEntries(fitting.flatMap(({ answers }) => answers));
}

function ofCollection(configuration: Configuration, id: string): Answers {
  const collection = configuration.collection(id);
  const parent = hrefOf(id);
  const hrefs = collection.keys.map((key) => hrefOf(id, key));
  const [first = null, last = null] = [hrefs[0], hrefs.at(-1)];
  const answers: Answers = [];
  const items = Array.from(collection.values(), (object, place): Json => {
    const href = hrefOf(id, object.key);
    const shown = { key: object.key, body: showBody(id, object, { hasVersionLimits: true }) };
    const [previous = null, next = null] = [hrefs[place - 1], hrefs[place + 1]];
    const meta = { href, parent, first, last, next, previous, transaction: '/api/transaction' };
    answers.push([href.slice(1), { ...shown, meta }]);
    return { ...shown, meta: { href } };
  });
  return [...answers, [parent.slice(1), { items, meta: { href: parent } }]];
}
