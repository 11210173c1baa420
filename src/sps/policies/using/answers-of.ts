import type { Json, JsonObject } from '../../../base/json.ts';
import { isSecretCollection, managementId } from '../bodies/collection-rules.ts';
import { hrefOf } from '../change-entry.ts';
import type { Configuration } from '../configuration.ts';
import { createEndpointTree, type Endpoint } from '../links/create-endpoint-tree.ts';
import { configurationHref, endpointMeta, objectMeta } from '../links/endpoint-meta.ts';
import { showBody } from '../show-body.ts';
import type { StoredObject } from '../stored-object.ts';

/** What travels with each call; larger answers together wait in a file. */
const maxCharacters = 256 * 1024;

type Answers = Record<string, Json>;
type Tree = ReadonlyMap<string, Endpoint>;

/** Answers to box queries, by path without the leading `/`. */
export interface BoxAnswers {
  answers: Readonly<Answers>;
  /** The collections that are too large to travel, as the JSON of a mapping of the same kind. */
  large: string | undefined;
}

const options = { hasVersionLimits: true };

/** What everything below `/api/configuration` answers to a GET, as the `current` profile shows it. */
export function answersOf(configuration: Configuration, limit: number = maxCharacters): BoxAnswers {
  const tree = createEndpointTree('current');
  const all = Array.from(tree.values(), (endpoint) => {
    const answers = ofEndpoint(tree, configuration, endpoint);
    return { answers, json: JSON.stringify(answers) };
  });
  all.sort((one, other) => one.json.length - other.json.length);
  let left = limit;
  const large = all.filter(({ json }) => (left -= json.length) < 0);
  const small = all.slice(0, all.length - large.length);
  return {
    answers: Object.assign({}, ...small.map(({ answers }) => answers)) as Answers,
    large: large.length === 0 ? undefined : `{${large.map(({ json }) => json.slice(1, -1)).join(',')}}`,
  };
}

/** The answers of an endpoint, and of the objects right below it. */
function ofEndpoint(tree: Tree, configuration: Configuration, { id, kind, items }: Endpoint): Answers {
  const href = id === '' ? configurationHref : hrefOf(id);
  const meta = endpointMeta(tree, id);
  if (kind === 'list') {
    const listed = items.map((name) => ({ key: name, meta: { href: `${href}/${name}` } }));
    return { [pathOf(href)]: { items: listed, meta } };
  }
  if (kind === 'single') {
    const key = id.slice(managementId.length + 1);
    const object = configuration.collection(managementId).get(key);
    return object === undefined ? {} : { [pathOf(href)]: { ...show(managementId, object), meta } };
  }
  const collection = configuration.collection(id);
  const answers: Answers = {};
  const listed: Json[] = [];
  for (const object of collection.values()) {
    const shown = show(id, object);
    const place = hrefOf(id, object.key);
    answers[pathOf(place)] = { ...shown, meta: objectMeta(id, object.key, collection) };
    listed.push({ ...shown, meta: { href: place } });
  }
  // Passwords and keys cannot be listed.
  return isSecretCollection(id) ? answers : { ...answers, [pathOf(href)]: { items: listed, meta } };
}

function show(id: string, object: StoredObject): JsonObject {
  return { key: object.key, body: showBody(id, object, options) };
}

function pathOf(href: string): string {
  return href.slice(1);
}
