import type { Json } from '../../../base/json.ts';
import { hrefOf } from '../change-entry.ts';
import type { Configuration } from '../configuration.ts';
import { showBody } from '../show-body.ts';

/** They travel with each call, so what is larger is left out. */
const maxObjects = 1000;

/** What committed objects and their collections answer to box queries, by path without the leading `/`. */
export function answersOf(configuration: Configuration): Record<string, Json> {
  const answers: [path: string, answer: Json][] = [];
  for (const [id, collection] of configuration.collections) {
    if (collection.size > maxObjects) continue;
    const parent = hrefOf(id);
    const items = Array.from(collection.values(), (object): Json => {
      const href = hrefOf(id, object.key);
      const shown = { key: object.key, body: showBody(id, object, { hasVersionLimits: true }) };
      answers.push([href.slice(1), { ...shown, meta: { href, parent } }]);
      return { ...shown, meta: { href } };
    });
    answers.push([parent.slice(1), { items, meta: { href: parent } }]);
  }
  return Object.fromEntries(answers);
}
