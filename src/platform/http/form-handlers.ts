import { hasSecret } from '../conversion/has-secret.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { plainVerb, type VerbHandler, waitingVerb } from '../engine/verb-handler.ts';
import { Dictionary } from '../values/dictionary.ts';
import { reveal, Secret } from '../values/secret.ts';
import { FormValue } from './form-value.ts';
import { responseType } from './response-value.ts';

/** `ExtractFormData`: null when there is no form. The parser of HTML is loaded when it is used. */
async function extractForm(active: ActiveStep): Promise<void> {
  const source = active.read('ResponseObjectName');
  const response = reveal(source);
  const isResponse = response instanceof Dictionary && response.typeName === responseType;
  const content = isResponse ? (response.get('Content') ?? '') : plainValue(response);
  const plain = reveal(content);
  if (typeof plain !== 'string') throw new CommandError('COMMAND_FAILED', 'ResponseObjectName names no response');
  const path = active.text('XPath');
  const { findForm } = await import('./find-form.ts');
  const form = findForm(plain, path === null || path === '' ? undefined : path) ?? null;
  const isSecret = active.flag('ContainsSecret', false) || hasSecret(source);
  if (form !== null && isSecret)
    for (const field of form.fields) {
      field.value = Secret.of(field.value);
      active.run.secrets.add(field.value);
    }
  active.set(active.requireTarget('FormObjectName'), form);
}

function getValue(active: ActiveStep): void {
  const form = reveal(active.read('FormObjectName'));
  const name = active.requireText('InputName');
  if (!(form instanceof FormValue)) throw noForm();
  const value = form.get(name);
  if (value === undefined)
    throw new CommandError(
      'COMMAND_FAILED',
      `the form has no field ${name}`,
      `It has ${form.fields.map((each) => each.name).join(', ')}.`,
    );
  active.set(active.requireTarget('VariableName'), value, active.flag('ContainsSecret', false));
}

/** `SetFormValue`: a field of a form, which is made as `CreateForm` says. */
function setValue(active: ActiveStep): void {
  const target = active.requireTarget('FormObjectName');
  const how = active.text('CreateForm') ?? 'CreateIfNotFound';
  const known = reveal(active.frame.get(target.replace(/^global:/i, '')) ?? null);
  const form = chooseForm(known instanceof FormValue ? known : undefined, how);
  const name = active.text('InputName');
  if (name !== null && name !== '') {
    const value = active.value('Value');
    const isSecret = active.flag('IsSecret', false) || hasSecret(value);
    const kept = plainValue(value) === null ? '' : toText(value);
    if (isSecret) active.run.secrets.addText(kept);
    form.set(name, isSecret ? Secret.of(kept) : kept);
  }
  if (form !== known) active.set(target, form);
}

function chooseForm(known: FormValue | undefined, how: string): FormValue {
  switch (how.toLowerCase()) {
    case 'donotcreate':
      if (known === undefined) throw noForm();
      return known;
    case 'createorfail':
      if (known !== undefined) throw new CommandError('COMMAND_FAILED', 'the form exists already (CreateOrFail)');
      return new FormValue();
    case 'createorreplace':
      return new FormValue();
    case 'createifnotfound':
      return known ?? new FormValue();
    default:
      throw new CommandError(
        'COMMAND_FAILED',
        `CreateForm ${how} is unknown`,
        'Known: DoNotCreate, CreateIfNotFound, CreateOrFail, CreateOrReplace.',
      );
  }
}

function noForm(): CommandError {
  return new CommandError(
    'COMMAND_FAILED',
    'FormObjectName names no form',
    'ExtractFormData gives null when a page has none.',
  );
}

/** Forms of pages. Source: specification d.7. */
export const formHandlers: Readonly<Record<string, VerbHandler>> = {
  ExtractFormData: waitingVerb(extractForm),
  GetFormValue: plainVerb(getValue),
  GetFormData: plainVerb(getValue),
  SetFormValue: plainVerb(setValue),
  SetFormData: plainVerb(setValue),
};
