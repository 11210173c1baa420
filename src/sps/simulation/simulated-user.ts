import type { Question } from '../outcome/read-verdict.ts';

/** Who sits before the simulated session. */
export interface SimulatedUser {
  /** Undefined: nobody answers. Null: the user leaves. */
  answer: (question: Question) => Promise<string | undefined | null>;
  /** What is typed when the target asks for a password; as `answer`. */
  typePassword: (prompt: string) => Promise<string | undefined | null>;
}

export interface WrittenAnswers {
  answers?: Record<string, string | string[]> | undefined;
  serverPassword?: string | string[] | undefined;
}

/** A user who answers what is written down; a list is used up in order, and what is not written down goes to `other`. */
export function createScriptedUser(
  { answers = {}, serverPassword }: WrittenAnswers,
  other?: SimulatedUser,
): SimulatedUser {
  const lists = new Map(Object.entries(answers).map(([key, answer]) => [key, createQueue(answer)]));
  const passwords = serverPassword === undefined ? undefined : createQueue(serverPassword);
  return {
    answer: async (question) => lists.get(question.key)?.() ?? other?.answer(question),
    typePassword: async (prompt) => passwords?.() ?? other?.typePassword(prompt),
  };
}

function createQueue(answer: string | string[]): () => string | undefined {
  if (typeof answer === 'string') return () => answer;
  const left = [...answer];
  return () => left.shift();
}
