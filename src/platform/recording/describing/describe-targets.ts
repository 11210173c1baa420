import type { ShellDescription, TargetDescription } from '../../../targets/description/target-description.ts';
import type { CommandCall, LineCall, RecordedCall, RequestCall, SshCall } from '../observing/recorded-call.ts';
import { describeCommand, joinCommands } from './describe-command.ts';
import { describeHttp } from './describe-http.ts';
import { describeSession } from './describe-session.ts';
import { describeSsh } from './describe-ssh.ts';
import { readTurns } from './read-turns.ts';
import type { Material, PlayedCall, RecordedTarget } from './recorded-target.ts';
import type { SessionDescription } from './session-description.ts';

/** The targets that calls reached, in the order in which they were first called. */
export function describeTargets(calls: readonly PlayedCall[], material: Material): RecordedTarget[] {
  const groups = new Map<string, PlayedCall[]>();
  for (const each of calls) {
    const { address, port } = placeOf(each.played); // a name may hold a secret
    const key = JSON.stringify([address, port]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const described = [...groups].flatMap(([key, own]): RecordedTarget[] => {
    const [address, port] = JSON.parse(key) as [string, number];
    const target = describeTarget(own, material);
    if (target === undefined) return [];
    const { description, ...asked } = target;
    return [{ ...asked, description: { address: material.namer.text(address), port, ...description } }];
  });
  if (described.length > 1) return described;
  return described.map(({ description: { port: _, ...description }, ...asked }) => ({ ...asked, description }));
}

function placeOf(call: RecordedCall): { address: string; port: number } {
  if (call.kind === 'request') {
    const { url, proxy } = call.request;
    const { hostname, port, protocol } = url;
    // What a proxy is asked for, it answers: that it asks another host is not to be seen.
    if (proxy !== undefined) return { address: proxy.host, port: proxy.port };
    return {
      address: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    };
  }
  const { host, port } = call.kind === 'command' ? call.on : call;
  return { address: host, port };
}

type Described = Omit<RecordedTarget, 'description'> & { description: TargetDescription };

/** Undefined of one that nobody reached: to have no target is the same. */
function describeTarget(calls: readonly PlayedCall[], material: Material): Described | undefined {
  const requests = calls.filter(isKind<RequestCall>('request'));
  if (requests.length > 0) {
    if (requests.every(({ call }) => call.failure?.code === 'TARGET_UNREACHABLE')) return undefined;
    const { http, requests: asked } = describeHttp(requests, material);
    return { description: { http }, requests: asked, commands: [], isOpen: false };
  }
  const logins = calls.filter(isKind<SshCall>('ssh'));
  const shown = calls.flatMap(({ call }) =>
    call.kind === 'hostKey' && call.result !== undefined ? [call.result] : [],
  );
  const { shell, commands } = describeShell(calls, material);
  const isOpen = calls.some(isLeftOpen);
  const isTelnet = calls.some(({ call }) => call.kind === 'telnet');
  if (!isTelnet)
    return {
      description: { ssh: { ...describeSsh(logins, shown, material), ...shell } },
      requests: [],
      commands,
      isOpen,
    };
  const isRefused = calls.every(({ call }) => call.failure?.code === 'TARGET_UNREACHABLE');
  return { description: { telnet: isRefused ? { refuse: true } : shell }, requests: [], commands, isOpen };
}

function isLeftOpen({ call }: PlayedCall): boolean {
  if (call.kind !== 'shell' && call.kind !== 'telnet') return false;
  const last = call.turns.at(-1);
  return last !== undefined && last.output === undefined;
}

function isKind<C extends RecordedCall>(...kinds: C['kind'][]): (each: PlayedCall) => each is PlayedCall<C> {
  return (each): each is PlayedCall<C> => (kinds as string[]).includes(each.call.kind);
}

function describeShell(
  calls: readonly PlayedCall[],
  material: Material,
): { shell: ShellDescription & { login?: SessionDescription['login'] }; commands: RecordedTarget['commands'] } {
  const sessions: SessionDescription[] = [];
  const parts = calls.flatMap(({ call, played, at }) => {
    if (call.kind === 'command') {
      const { command, asked } = describeCommand({ call, played: played as CommandCall, at }, material);
      return [{ commands: [command], asked: [{ at, asked }] }];
    }
    if (call.kind !== 'shell' && call.kind !== 'telnet') return [];
    const session = describeLine({ call, played: played as LineCall, at }, material);
    sessions.push(session);
    return [{ commands: session.commands, asked: session.asked.map((asked) => ({ at, asked })) }];
  });
  const [first] = sessions;
  const commands = joinCommands(parts.flatMap((each) => each.commands));
  return {
    shell: {
      ...(first !== undefined && first.login.length > 0 && { login: first.login }),
      ...(first !== undefined && first.motd !== '' && { motd: first.motd }),
      ...(first !== undefined && first.prompt !== '$ ' && { prompt: first.prompt }),
      ...(first?.echo === false && { echo: false }),
      ...(commands.length > 0 && { commands }),
    },
    commands: parts.flatMap(({ asked }) => asked),
  };
}

function describeLine({ call, played }: PlayedCall<LineCall>, { templater, namer }: Material): SessionDescription {
  const exchanged = readTurns(call.turns, played.turns, { output: templater.text, input: namer.text });
  return describeSession(exchanged, { isTelnet: call.kind === 'telnet', isEnded: call.isEnded });
}
