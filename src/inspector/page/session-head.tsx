import { factsOfGateway } from './details/facts-of-gateway.tsx';
import type { OpenSession } from './state/shown.ts';
import { Word } from './parts/word.tsx';
import { plural, showSpan, visible } from './parts/visible.ts';

/** What is known of a session as a whole. */
export function SessionHead({ open }: { open: OpenSession }): preact.JSX.Element {
  const { element } = open;
  return (
    <div class="session-head">
      <h1 title={open.name}>
        <bdi>{visible(open.name)}</bdi>
      </h1>
      <section aria-label="Session" class="facts">
        {element !== undefined && <Facts element={element} isRunning={open.running !== undefined} />}
      </section>
    </div>
  );
}

function Facts({
  element,
  isRunning,
}: {
  element: NonNullable<OpenSession['element']>;
  isRunning: boolean;
}): preact.JSX.Element {
  const { ended, gatewayUser, gatewayGroups, origin, protocol, plugins, gateway, steps, durationMs, problem } = element;
  const end = isRunning ? 'running' : ended;
  const facts: [string, preact.ComponentChild][] = [
    ['Ended', end === null ? '–' : <Word word={end} />],
    ['Gateway user', gatewayUser === null ? '–' : <bdi>{visible(gatewayUser)}</bdi>],
    ...(gatewayGroups === null || gatewayGroups.length === 0
      ? []
      : ([['Groups', <bdi>{visible(gatewayGroups.join(', '))}</bdi>]] as [string, preact.ComponentChild][])),
    ['Origin', origin ?? '–'],
    ['Protocol', protocol === null ? '–' : visible(protocol)],
    ['Plugins', <bdi>{visible(plugins.map(({ name, version }) => `${name} ${version}`).join(', ') || '–')}</bdi>],
    ['Steps', `${plural(steps, 'step')}, ${showSpan(durationMs)} in plugins`],
    ...factsOfGateway(gateway ?? {}),
  ];
  return (
    <>
      {problem !== null && <p role="alert">{visible(problem)}</p>}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
