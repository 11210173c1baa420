import type { StatePlace } from '../../state/state-place.ts';
import type { HostOptions } from '../call/resolve-host.ts';
import { addServices } from '../policies/using/add-services.ts';
import { chooseType } from '../policies/using/choose-type.ts';
import type { ConnectionPolicy } from '../policies/using/read-policy.ts';
import { buildConnection } from '../simulation/build-connection.ts';
import { layOverPolicy } from '../simulation/policy/lay-over-policy.ts';
import { openPolicyMembers, type PolicyMembers } from '../simulation/policy/open-policy-members.ts';
import type { OpenedSubject } from './opened-subject.ts';
import type { LoadedStep } from './read-test-file.ts';

export interface PolicySubject extends OpenedSubject, Pick<PolicyMembers, 'members' | 'close'> {}

/** The plugins of a committed connection policy; each step calls the one that has its hook. @throws PluginHostError as `openPolicyMembers` */
export async function openPolicySubject(name: string, place: StatePlace, options: HostOptions): Promise<PolicySubject> {
  const given = { ...options, sessionStateDir: place.stateDir, force: false };
  const { policy, members, close } = await openPolicyMembers(name, given);
  return {
    place,
    members,
    close,
    prepare: (step) => {
      const type = chooseType({ hook: step.hook, type: step.type, policy: name }, policy);
      const member = members[type];
      if (member === undefined) throw new Error(`no plugin of type ${type}`);
      return { member, step: throughPolicy(step, policy) };
    },
    provide: (host) => addServices(host, policy),
  };
}

function throughPolicy(step: LoadedStep, policy: ConnectionPolicy): LoadedStep {
  const { written, login } = step;
  const connection = layOverPolicy(policy, written.connection);
  const built = buildConnection({ connection, ...(login === undefined ? {} : { login }) });
  return { ...step, connection: built.connection, answers: { ...built.loginAnswers, ...written.answers } };
}
