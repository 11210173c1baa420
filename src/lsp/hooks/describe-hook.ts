import { argumentsOf, type Hook } from '../../sps/plugin/find-hook.ts';

const mandates: Record<Hook['isMandatory'], string> = {
  yes: 'a plugin without it is refused',
  accept: 'a plugin without it accepts',
  no: 'optional',
};

/** What a hook gets and may return, for help in editors. */
export function describeHook(hook: Hook, api: string): string {
  const { isMandatory, since, verdicts, resultKeys, isResultIgnored, next } = hook;
  const facts = [mandates[isMandatory], ...(since === '1.0' ? [] : [`since API ${since}`])].join(', ');
  const given = argumentsOf(hook, api).filter(({ deprecatedFor }) => deprecatedFor === undefined);
  return [
    facts,
    `Arguments: ${given.map(({ name }) => name).join(', ')}.`,
    ...(verdicts.length === 0 ? [] : [`Verdicts: ${verdicts.join(', ')}.`]),
    isResultIgnored ? 'What it returns is ignored.' : `Keys of its result: ${resultKeys.join(', ')}.`,
    next.returned,
  ].join('\n\n');
}
