import type { Command, DialogueStep } from '../../../targets/description/target-description.ts';

/** What a session asked of a target, as `expect.commands` has it. */
export type Asked = { command: string; stdin?: string[]; exit?: number | null; signal?: string } | { input: string };

/** A session as a target describes it. */
export interface SessionDescription {
  motd: string;
  prompt: string;
  /** Whether the target shows what is typed. */
  echo: boolean;
  login: DialogueStep[];
  commands: Command[];
  asked: Asked[];
}
