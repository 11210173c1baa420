import type { User } from '../flow/user.ts';

export interface WrittenAnswers {
  answers?: Record<string, string | string[]> | undefined;
  serverPassword?: string | string[] | undefined;
}

/** A user who gives the written answers. A list is used up in order; `other` answers the rest. */
export function createScriptedUser({ answers = {}, serverPassword }: WrittenAnswers, other?: User): User {
  const lists = new Map(Object.entries(answers).map(([key, answer]) => [key, createQueue(answer)]));
  const passwords = serverPassword === undefined ? undefined : createQueue(serverPassword);
  const unasked = new Set(lists.keys());
  return {
    answer: async (question) => {
      unasked.delete(question.key);
      return lists.get(question.key)?.() ?? other?.answer(question);
    },
    unasked: () => [...unasked],
    typePassword: async (request) => passwords?.() ?? other?.typePassword(request),
  };
}

/** A user who gives these answers one after the other, whatever is asked. */
export function createListedUser(answers: readonly string[]): User {
  const next = createQueue([...answers]);
  return { answer: () => Promise.resolve(next()), typePassword: () => Promise.resolve(next()) };
}

function createQueue(answer: string | string[]): () => string | undefined {
  if (typeof answer === 'string') return () => answer;
  const left = [...answer];
  return () => left.shift();
}
