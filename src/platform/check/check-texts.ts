import { substitutesUrl } from '../analysis/uses-of.ts';
import type { StringNode } from '../script/json-node.ts';
import { textProperty } from '../script/script.ts';
import { hasToken, splitTokens } from '../script/split-tokens.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** Texts in which something is put: L03, L05, L18. */
export function* checkTexts({ steps }: Checked): Generator<Finding> {
  for (const { step, uses } of steps) {
    const url = step.verb.name === 'Request' ? textProperty(step, 'Url') : undefined;
    if (url !== undefined && hasToken(url.value) && !substitutesUrl(step)) yield notSubstituted(url);
    for (const node of uses.texts) yield* checkText(node);
  }
}

function notSubstituted(node: StringNode): Finding {
  const message = 'Nothing is put into this URL: SubstitutionInUrl is not true';
  return { code: 'L03', message, hint: 'Add "SubstitutionInUrl": true.', ...at(node) };
}

/** `%5B…%`: the appliance takes what begins like a name for one. */
const eaten = /%([0-9][0-9A-Fa-f])[^%]*%/;
const dotted = /%([A-Za-z_]\w*(?:\.\w+)+)%/;

function* checkText(node: StringNode): Generator<Finding> {
  const plain = splitTokens(node.value)
    .map((part) => (part.kind === 'text' ? part.text : '\u0000'))
    .join('');
  const escape = eaten.exec(plain)?.[1];
  if (escape !== undefined) {
    const message = `The appliance takes %${escape}… up to the next percent sign for a variable`;
    const hint = 'Write the character itself; it is encoded when the request is sent.';
    yield { code: 'L05', message, hint, ...at(node) };
  }
  const path = dotted.exec(plain)?.[1];
  if (path !== undefined) {
    const message = `%${path}% is not replaced: a name between percent signs has no dots`;
    yield { code: 'L18', message, hint: `Write %{${path}}%.`, ...at(node) };
  }
}
