import { cutLarge } from '../../api/cut-large.ts';
import { mostBytes, Refusal, type Source } from './source.ts';
import type { Element, Info, Input, Step } from './step.ts';

/** What an exported file holds. */
interface FileData {
  info: Info;
  session: Element;
  shown: { steps: Step[] };
  inputs: Input[];
}

/** The session in an exported file; undefined in a page that a server gave. */
export function createFileSource(): Source | undefined {
  const text = document.getElementById('data')?.textContent;
  if (text === undefined) return undefined;
  const { info, session, shown, inputs } = JSON.parse(text) as FileData;
  const need = <T>(found: T | undefined): T => {
    if (found === undefined) throw new Refusal('STEP_NOT_FOUND', 'No such step');
    return found;
  };
  const stepOf = (n: number): Step => need(shown.steps.find((each) => each.n === n));
  const addresses = new Map<number, string>();
  const refuse = (): Promise<never> => Promise.reject(new Refusal('EXPORTED', 'This is an exported file'));
  return {
    isFile: true,
    info: () => Promise.resolve(info),
    sessions: () => Promise.resolve({ total: 1, matched: 1, sessions: [session] }),
    element: (name) =>
      name === session.name
        ? Promise.resolve(session)
        : Promise.reject(new Refusal('SESSION_NOT_FOUND', 'No such session')),
    steps: (_name, from, limit) =>
      Promise.resolve({ total: shown.steps.length, steps: shown.steps.slice(from - 1, from - 1 + limit) }),
    step: async (_name, n) => {
      const step = cutLarge(stepOf(n), mostBytes);
      return Promise.resolve({ step, text: JSON.stringify(step) });
    },
    addressOfStep: (_name, n) => {
      const known = addresses.get(n);
      if (known !== undefined) return known;
      const address = URL.createObjectURL(new Blob([JSON.stringify(stepOf(n), undefined, 2)]));
      addresses.set(n, address);
      return address;
    },
    input: async (_name, n) => Promise.resolve(need(inputs[shown.steps.findIndex((each) => each.n === n)])),
    replay: refuse,
    end: refuse,
    remove: refuse,
    listen: (listener) => {
      listener.connection('exported file');
      return () => undefined;
    },
  };
}
