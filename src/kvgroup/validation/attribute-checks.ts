import { renderSuggestion } from '../../base/nearest-name.ts';
import { nameOf } from '../format/kv-group.ts';
import type { CrossChecks, CrossContext } from './cross-check.ts';
import { groupsOf, joinPath, pairsOf, valueOf, valuesOf } from './groups-of.ts';

/** Answers about attributes and what is reserved for them. */
export const attributeChecks: CrossChecks = {
  'attributes-exist': checkAttributesExist,
  'modified-values': checkModifiedValues,
  reservation: checkReservation,
};

function checkAttributesExist({ output, input, report }: CrossContext): void {
  if (input === undefined) return;
  const known = groupsOf(input, 'attribute').map(nameOf);
  for (const attribute of groupsOf(output, 'attribute').filter((each) => !known.includes(nameOf(each)))) {
    report(joinPath('', attribute), attribute, {
      level: 'warning',
      code: 'ATTRIBUTE_UNKNOWN',
      what: 'the input has no such attribute',
      hint: known.length === 0 ? 'The input has no attributes.' : renderSuggestion(nameOf(attribute), known),
    });
  }
}

/** The product does not compare: it pushes what is there to all mapped targets. */
function checkModifiedValues({ output, input, report }: CrossContext): void {
  for (const attribute of groupsOf(output, 'attribute')) {
    const [modified] = groupsOf(attribute, 'modifiedValue');
    const [sent] = groupsOf(input, 'attribute', nameOf(attribute));
    if (modified === undefined || sent === undefined) continue;
    const before = valuesOf(groupsOf(sent, 'value')[0], 'value');
    const after = valuesOf(modified, 'value');
    if (before.length !== after.length || !before.every((value, index) => value === after[index])) continue;
    report(joinPath(joinPath('', attribute), modified), modified, {
      level: 'warning',
      code: 'VALUE_UNCHANGED',
      what: 'the value is the same as in the input, and is still written to every mapped target',
      hint: 'Answer modifiedValue only when the value really changed.',
    });
  }
}

const noReservation = /^[0-]*$/;

function checkReservation({ output, input, report }: CrossContext): void {
  const sent = valueOf(groupsOf(input, 'request')[0], 'reservationid') ?? valueOf(input, 'reservationid') ?? '';
  if (noReservation.test(sent)) return;
  const [answered] = pairsOf(output, 'reservationid');
  if (answered?.v === sent) return;
  report('reservationid', answered ?? output, {
    level: 'error',
    code: 'RESERVATION_LOST',
    what: answered === undefined ? 'missing, though the input has one' : 'differs from the input',
    hint: `Return the reservation of the input: "reservationid" = "${sent}".`,
  });
}
