import { onTestFinished } from 'vitest';
import { operate as operateIn, type Surroundings } from './operate.ts';
import { startWeb, type Web, type WebAnswer, type WebRequest } from './start-web.ts';

type Result = Awaited<ReturnType<typeof operateIn>>;

export interface WebScript {
  web: Web;
  surroundings: Surroundings;
  operate: (
    operation: string,
    situation: string,
    expected: object,
    parameters?: Readonly<Record<string, unknown>>,
  ) => Promise<Result>;
}

/** A published script with the service that it manages; both end with the test. */
export async function startWebScript(
  script: string,
  { host, serve }: { host: string; serve: (request: WebRequest) => WebAnswer },
  parameters: Readonly<Record<string, unknown>>,
  isForced = false,
): Promise<WebScript> {
  const web = await startWeb(host, serve);
  onTestFinished(web.close);
  const { connectTo, ca } = web;
  const surroundings = { parameters: { Address: host, ...parameters }, connectTo, ca, isForced };
  return {
    web,
    surroundings,
    operate: (operation, situation, expected, own = {}) =>
      operateIn(surroundings, { script, operation, situation, parameters: own }, expected),
  };
}
