import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { toJson } from '../conversion/to-json.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import type { JsonNode } from '../script/json-node.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { FormValue } from './form-value.ts';

/** What a request carries. */
export interface RequestBody {
  text: string;
  contentType: string;
}

const formType = 'application/x-www-form-urlencoded';
const globalPrefix = /^global:/i;

/** What `Content` says; undefined: no body. A form is encoded once, what is an object becomes JSON, a text is sent as it is. */
export function requestBody(active: ActiveStep, isSecret: boolean): RequestBody | undefined {
  const node = active.node('Content');
  if (node === undefined || node.kind === 'null') return undefined;
  for (const wrong of ['Value', 'Body'])
    if (memberOf(node, wrong) !== undefined)
      throw new CommandError(
        'COMMAND_FAILED',
        `Content.${wrong} is no property of Request`,
        'Put the body into a variable and name it in Content.ContentObjectName.',
      );
  const name = memberOf(node, 'ContentObjectName');
  if (name === undefined) return undefined;
  const content = contentOf(active, name);
  if (plainValue(content) === null) return undefined;
  const typeNode = memberOf(node, 'ContentType');
  const type = typeNode === undefined ? '' : toText(active.substitute(typeNode));
  active.noteGiven('Content', isSecret ? Secret.of(content) : content);
  return bodyOf(content, type);
}

function bodyOf(content: Value, type: string): RequestBody {
  const plain = reveal(content);
  if (plain instanceof FormValue) return { text: encodeForm(plain), contentType: type === '' ? formType : type };
  const isStructure = plain !== null && typeof plain === 'object' && typeof plainValue(plain) === 'object';
  if (isStructure) return { text: toJson(plain), contentType: type === '' ? 'application/json' : type };
  return { text: toText(plain), contentType: type === '' ? 'text/plain; charset=utf-8' : type };
}

/** The variable of a name, or the value that stands there as a token. */
function contentOf(active: ActiveStep, node: JsonNode): Value {
  const value = active.substitute(node);
  const isName = node.kind === 'string' && !node.value.includes('%');
  if (!isName) return value;
  const name = node.value.replace(globalPrefix, '');
  const found = active.frame.get(name);
  if (found === undefined)
    throw new CommandError(
      'VARIABLE_MISSING',
      `The variable "${name}" is used at path "${node.path}" but it is not declared in that scope`,
    );
  return found;
}

function memberOf(node: JsonNode, name: string): JsonNode | undefined {
  if (node.kind !== 'object') return undefined;
  return node.entries.findLast(({ key }) => key.toLowerCase() === name.toLowerCase())?.value;
}

/** As forms are sent. Source: WHATWG URL, `application/x-www-form-urlencoded`. */
function encodeForm({ fields }: FormValue): string {
  const pairs = fields.map(({ name, value }): [string, string] => [name, toText(plainValue(value) ?? '')]);
  return new URLSearchParams(pairs).toString();
}
