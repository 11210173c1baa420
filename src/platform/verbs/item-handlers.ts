import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { plainVerb, type VerbHandler, waitingVerb } from '../engine/verb-handler.ts';
import { itemsOf } from '../members/items-of.ts';
import { ScriptList } from '../values/script-list.ts';
import { reveal, Secret } from '../values/secret.ts';

/** `SetItem`, `Declare`: a variable; the short form keeps one that is there. Source: specification b.5. */
function setItem(active: ActiveStep): void {
  const name = active.requireTarget('Name');
  const isShort = active.step.payload.kind !== 'object';
  if (isShort && active.frame.get(name) !== undefined) return;
  const type = active.node('Type');
  const isSecret = active.flag('IsSecret', false) || (type?.kind === 'string' && type.value.toLowerCase() === 'secret');
  active.set(name, active.value('Value'), isSecret);
}

/** `Split`: a text at single characters. */
function split(active: ActiveStep): void {
  const source = active.value('Source');
  const plain = plainValue(source);
  if (plain === null) throw new CommandError('VARIABLE_NULL', 'expression refers to null variable: Source');
  const given = active.value('DelimiterChars');
  const delimiters = (itemsOf(reveal(given)) ?? [given]).map((each) => toText(each)).join('');
  const isWithoutEmpty = active.flag('RemoveEmptyEntries', false);
  const text = toText(plain);
  const { budget } = active.run;
  budget.read(text.length * Math.max(1, delimiters.length));
  let count = 1;
  for (let at = 0; at < text.length; at++) if (delimiters.includes(text.charAt(at))) count++;
  budget.makeItems(count);
  const parts: string[] = [];
  for (let start = 0, at = 0; at <= text.length; at++) {
    if (at < text.length && !delimiters.includes(text.charAt(at))) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  const kept = isWithoutEmpty ? parts.filter((part) => part !== '') : parts;
  const isSecret = source instanceof Secret;
  const list = new ScriptList(
    'array',
    kept.map((part) => (isSecret ? Secret.of(part) : part)),
  );
  if (isSecret) active.run.secrets.add(list);
  active.setNamed('ResultVariableName', list);
}

/** `Wait`: some seconds, which count against the time of the run. */
async function wait(active: ActiveStep): Promise<void> {
  const seconds = active.number('Seconds');
  if (seconds === null) throw new CommandError('COMMAND_FAILED', 'Seconds has no value');
  active.begin();
  if (seconds > 0) await active.run.clock.wait(seconds * 1000);
}

/** Variables, time, remarks. */
export const itemHandlers: Readonly<Record<string, VerbHandler>> = {
  SetItem: plainVerb(setItem),
  Declare: plainVerb(setItem),
  Split: plainVerb(split),
  Comment: plainVerb(() => undefined),
  Wait: waitingVerb(wait),
};
