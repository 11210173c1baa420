import { EnumValue } from '../values/enum-value.ts';
import { changeCase } from './change-case.ts';

const names = [
  'CurrentCulture',
  'CurrentCultureIgnoreCase',
  'InvariantCulture',
  'InvariantCultureIgnoreCase',
  'Ordinal',
  'OrdinalIgnoreCase',
];

/** A member of `StringComparison`, found without regard to case. */
export function stringComparison(name: string): EnumValue | undefined {
  const number = names.findIndex((each) => each.toLowerCase() === name.toLowerCase());
  return number < 0 ? undefined : new EnumValue('StringComparison', number, [names[number] ?? '']);
}

/** A text as that comparison sees it. All are ordinal here; the culture of the appliance is unknown. Source: specification c.7. */
export function foldText(text: string, comparison = 4): string {
  return comparison % 2 === 1 ? changeCase(text, 'upper') : text;
}
