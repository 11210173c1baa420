import { statusByType } from './rest-fault.ts';

const text = { type: 'string' };
const path = { type: ['string', 'null'] };
const object = { type: 'object' };
const seconds = { type: 'integer', minimum: 0 };

/** A mapping with these members and no others. */
function mapping(required: object, optional: object = {}): object {
  const properties = { ...required, ...optional };
  return { type: 'object', required: Object.keys(required), properties, additionalProperties: false };
}

/** An answer with these members beside its `meta`. */
function answer(members: object): object {
  return mapping({ ...members, meta: { $ref: '#/components/schemas/Meta' } });
}

const status = { enum: ['open', 'closed'] };
const item = mapping({ key: text, meta: mapping({ href: text }) }, { body: object });
const links = { first: path, last: path, next: path, previous: path, transaction: text, order: text, changes: text };

/** JSON Schemas of what the API answers, by their names in its description. */
export const answerSchemas = {
  Meta: mapping({ href: text, parent: path }, { ...links, remaining_seconds: seconds }),
  Error: answer({ error: mapping({ type: { enum: Object.keys(statusByType) }, message: text, details: object }) }),
  Bare: answer({}),
  Object: answer({ key: text, body: object }),
  List: answer({ items: { type: 'array', items: item } }),
  Changed: answer({ key: text }),
  Order: answer({ order: { type: 'array', items: text } }),
  Transaction: answer({
    key: { const: 'transaction' },
    body: mapping({ status, commit_message: { enum: ['required', 'optional'] } }),
    transaction: mapping({ status }),
  }),
  Changes: answer({
    changes: {
      type: 'array',
      items: mapping(
        { type: { enum: ['create', 'replace', 'delete', 'reorder'] }, path: text },
        { old_value: object, new_value: object, old_order: { type: 'array' }, new_order: { type: 'array' } },
      ),
    },
  }),
  UserInfo: answer({
    user: object,
    login_method: object,
    endpoints: { type: 'array', items: mapping({ url: text, methods: { type: 'array', items: text } }) },
    token: text,
    body: object,
  }),
  LoginMethods: answer({ login_methods: { type: 'array', items: object } }),
  LoginTypes: answer({ types: { type: 'array', items: text } }),
};

/** Bare: `meta` only. */
export type AnswerName = keyof typeof answerSchemas;
