import path from 'node:path';
import type { ValueFault } from '../../base/problem.ts';
import { tryReadText } from '../../documents/decode-text.ts';
import { checkDelay, checkPatterns, faultAt } from './fault-at.ts';
import type {
  Command,
  CommandAnswer,
  DialogueStep,
  ShellDescription,
  SshDescription,
  TelnetDescription,
} from './target-description.ts';

type Keys = ValueFault['keys'];

/** Types of host keys that are made when no file is named. */
const hostKeyTypes = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa'] as const;
export type HostKeyType = (typeof hostKeyTypes)[number];

const ownAnswer = ['output', 'stderr', 'exit', 'delay', 'then', 'signal', 'disconnect', 'hang', 'dialogue'] as const;

/** What is wrong in `ssh:` beyond its shape. @param folder That its files are relative to. */
export function checkSsh(keys: Keys, ssh: SshDescription, folder: string): ValueFault[] {
  const users = Object.entries(ssh.users ?? {}).flatMap(([name, user]) =>
    // An empty user is null in YAML.
    ((user as { keys?: string[] } | null)?.keys ?? []).flatMap((key, index) =>
      checkPublicKey([...keys, 'users', name, 'keys', index], key),
    ),
  );
  return [...users, ...checkHostKey([...keys, 'hostKey'], ssh.hostKey, folder), ...checkShell(keys, ssh)];
}

/** What is wrong in `telnet:` beyond its shape. */
export function checkTelnet(keys: Keys, telnet: TelnetDescription): ValueFault[] {
  return [...checkDialogue([...keys, 'login'], telnet.login), ...checkShell(keys, telnet)];
}

export function isHostKeyType(name: string): name is HostKeyType {
  return (hostKeyTypes as readonly string[]).includes(name);
}

function checkPublicKey(keys: Keys, key: string): ValueFault[] {
  if (key.includes('${') || /^\s*[\w@.-]+ +[A-Za-z0-9+/]{16,}={0,2}(?:\s|$)/.test(key)) return [];
  return [faultAt(keys, 'this is no public key; expected its type and its base64 text, as in authorized_keys')];
}

function checkHostKey(keys: Keys, hostKey: string | undefined, folder: string): ValueFault[] {
  if (hostKey === undefined || isHostKeyType(hostKey)) return [];
  const read = tryReadText(path.resolve(folder, hostKey), hostKey);
  if ('fault' in read)
    return [faultAt(keys, `${read.fault}; expected a file with a private key, or one of ${hostKeyTypes.join(', ')}`)];
  return read.text.includes('PRIVATE KEY')
    ? []
    : [faultAt(keys, `${hostKey} holds no private key; expected one as ssh-keygen writes it`)];
}

function checkShell(keys: Keys, { commands = [], delay }: ShellDescription): ValueFault[] {
  return [
    ...checkDelay([...keys, 'delay'], delay),
    ...commands.flatMap((command, index) => checkCommand([...keys, 'commands', index], command)),
  ];
}

function checkCommand(keys: Keys, command: Command): ValueFault[] {
  const { answers = [] } = command;
  const beside = answers.length === 0 ? undefined : ownAnswer.find((name) => command[name] !== undefined);
  return [
    ...checkPatterns([...keys, 'command'], command.command),
    ...checkPatterns([...keys, 'stdin'], command.stdin),
    ...(beside === undefined ? [] : [faultAt([...keys, beside], 'stands beside answers; expected it in each of them')]),
    ...checkAnswer(keys, command),
    ...answers.flatMap((answer, index) => checkAnswer([...keys, 'answers', index], answer)),
  ];
}

function checkAnswer(keys: Keys, answer: CommandAnswer): ValueFault[] {
  const ends = (['exit', 'signal', 'disconnect', 'hang'] as const).filter((name) => answer[name] !== undefined);
  const [first = '', second] = ends;
  return [
    ...checkDelay([...keys, 'delay'], answer.delay),
    ...(second === undefined
      ? []
      : [faultAt([...keys, second], `a command ends in one way, and ${first} is one; give one`)]),
    ...checkDialogue([...keys, 'dialogue'], answer.dialogue),
  ];
}

function checkDialogue(keys: Keys, dialogue: readonly DialogueStep[] = []): ValueFault[] {
  return dialogue.flatMap((step, index) => checkStep([...keys, index], step));
}

function checkStep(keys: Keys, step: DialogueStep): ValueFault[] {
  const lone =
    step.expect === undefined
      ? (['prompt', 'hidden', 'else'] as const).find((name) => step[name] !== undefined)
      : undefined;
  return [
    ...checkDelay([...keys, 'delay'], step.delay),
    ...checkPatterns([...keys, 'expect'], step.expect),
    ...(lone === undefined
      ? []
      : [
          faultAt(
            [...keys, lone],
            'says how input is asked for; expected expect beside it. A text alone is sent with send',
          ),
        ]),
    ...checkDialogue([...keys, 'else'], step.else),
  ];
}
