import type { AuthContext } from 'ssh2';
import ssh2 from 'ssh2';
import { durationMs } from '../description/duration-ms.ts';
import type { SshDescription } from '../description/target-description.ts';
import { pause } from '../serving/pause.ts';
import { serve, type Service } from '../serving/serve.ts';
import type { ShellTarget } from '../terminal/shell-target.ts';
import { judgeLogin, type LoginAttempt, type Verdict } from './judge-login.ts';
import type { HostKey } from './read-host-key.ts';
import { takeSession } from './take-session.ts';

/** Serves a target over SSH on a port of loopback. */
export async function startSshServer(
  target: ShellTarget,
  description: SshDescription,
  hostKey: HostKey,
): Promise<Service> {
  const { banner = 'OpenSSH_9.2p1', delay, users } = description;
  const closing = new AbortController();
  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey], ident: banner }, (connection) => {
    const gone = new AbortController();
    const disconnect = (): void => {
      connection.end();
    };
    connection.on('close', () => {
      gone.abort();
    });
    connection.on('error', () => undefined); // a client may go as it likes
    connection.on('authentication', (context) => {
      judge(users, context);
    });
    connection.on('ready', () => {
      connection.on('session', (accept) => {
        takeSession(accept(), target, { signal: AbortSignal.any([gone.signal, closing.signal]), disconnect });
      });
    });
  });
  const service = await serve((socket) => {
    void pause(durationMs(delay) ?? 0, closing.signal).then(() => {
      if (!socket.destroyed) server.injectSocket(socket);
    });
  });
  return {
    port: service.port,
    settled: () => service.settled(),
    close: async () => {
      closing.abort();
      await service.close();
    },
  };
}

function judge(users: SshDescription['users'], context: AuthContext): void {
  const { username: user, method } = context;
  if (context.method === 'keyboard-interactive' && users !== undefined) {
    context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
      answer(context, judgeLogin(users, { user, method, password: answers[0] ?? '' }));
    });
    return;
  }
  const attempt: LoginAttempt = { user, method };
  if (context.method === 'password') attempt.password = context.password;
  if (context.method === 'publickey' && isSigned(context)) attempt.key = context.key.data.toString('base64');
  answer(context, judgeLogin(users, attempt));
}

function answer(context: AuthContext, verdict: Verdict): void {
  if (verdict === 'accepted') context.accept();
  else context.reject(verdict);
}

/** A client first asks whether a key would do, and signs when it would. */
function isSigned({ key, blob, signature, hashAlgo }: Extract<AuthContext, { method: 'publickey' }>): boolean {
  if (signature === undefined) return true;
  const length = key.data.readUInt32BE(0);
  const parsed = ssh2.utils.parseKey(`${key.data.toString('latin1', 4, 4 + length)} ${key.data.toString('base64')}`);
  if (parsed instanceof Error || blob === undefined) return false;
  const verdict: unknown = parsed.verify(blob, signature, hashAlgo); // may be an error, whatever its type says
  return verdict === true;
}
