import { ScriptError } from '../values/script-error.ts';

/** What a member or index of null gives. Source: specification c.3; the text is the appliance's. */
export function nullTarget(source: string): ScriptError {
  return new ScriptError('VARIABLE_NULL', `expression refers to null variable: ${source}`);
}
