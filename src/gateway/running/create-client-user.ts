import type { User } from '../../sps/flow/user.ts';
import type { ClientLogin } from '../client/client-login.ts';
import type { SessionSecrets } from '../events/session-secrets.ts';

export interface ClientUserOptions {
  login: ClientLogin;
  /** Aborted when the session is over, with a reason. */
  over: AbortSignal;
  /** Of the target, as it was typed. */
  host: string;
  secrets: SessionSecrets;
  /** The plugin's question is about to be asked. */
  onQuestion: (key: string, echo: boolean) => void;
  /** A password for the target was typed. */
  onTyped: () => void;
}

/** The user of a session is the client of a gateway, asked in its login. */
export function createClientUser({ login, over, host, secrets, onQuestion, onTyped }: ClientUserOptions): User {
  return {
    answer: async ({ key, prompt, disableEcho }) => {
      onQuestion(key, !disableEcho);
      const answer = await login.ask(prompt, !disableEcho, over);
      if (disableEcho) secrets.add([answer]);
      return answer;
    },
    typePassword: async ({ user = '' }) => {
      const password = await login.ask(`${user}@${host}'s password: `, false, over);
      secrets.add([password]);
      onTyped();
      return password;
    },
  };
}
