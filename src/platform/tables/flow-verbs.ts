import { type Verb, verb } from './verb.ts';

const flow = { source: 'commands/flow-control' };
const errors = { source: 'commands/error-handling' };

/** Source: specification d.1, d.2. */
export const flowVerbs: readonly Verb[] = [
  verb('Return', 'Value:value', { ...flow, shorthand: 'Value' }),
  verb('Break', 'Value:value', { ...flow, shorthand: 'Value' }),
  verb('Condition', 'If!:expression Then!:block Else:block', flow),
  verb('Switch', 'MatchValue!:value Cases!:cases DefaultCase:block', flow),
  verb('For', 'Before:expression Condition:expression End:expression MaxIterations:number Body!:block', flow),
  verb('ForEach', 'CollectionName!:collection ElementName!:sets Body!:block MaxIterations:number', flow),
  verb('Function', 'Name!:plain Parameters:list ResultVariable:sets IsSecret:flag', { source: 'commands/functions' }),
  verb('Eval', 'Expression!:expression', { source: 'commands/index' }),
  verb('Try', 'Do:block Catch:block Finally:block', errors),
  verb('Throw', 'Value:value', errors),
];
