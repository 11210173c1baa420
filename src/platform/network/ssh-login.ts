import type { ConnectConfig } from 'ssh2';
import type { SshOptions } from './network.ts';

/** A key first, then the password, then hidden prompts answered with it. Source: specification d.4. */
export function sshLogin({ user, password, privateKey }: SshOptions): ConnectConfig {
  const methods = [
    ...(privateKey === undefined ? [] : [{ type: 'publickey' as const, username: user, key: privateKey }]),
    ...(password === undefined ? [] : [{ type: 'password' as const, username: user, password }]),
    ...(password === undefined
      ? []
      : [
          {
            type: 'keyboard-interactive' as const,
            username: user,
            prompt: (
              _name: string,
              _instructions: string,
              _language: string,
              prompts: { prompt: string; echo?: boolean }[],
              answer: (answers: string[]) => void,
            ): void => {
              answer(prompts.map(({ echo }) => (echo === true ? user : password)));
            },
          },
        ]),
  ];
  const left = [{ type: 'none' as const, username: user }, ...methods];
  return {
    authHandler: (methodsLeft, _partial, next) => {
      // ssh2 hands null before the host has told what it admits.
      const admitted = methodsLeft as string[] | null;
      for (let each = left.shift(); each !== undefined; each = left.shift()) {
        if (admitted !== null && !admitted.includes(each.type)) continue;
        next(each);
        return;
      }
      (next as unknown as (none: false) => void)(false);
    },
  };
}
