import type { TargetRecords } from '../matching/target-records.ts';
import { plainName } from '../running/find-target.ts';
import type { Service } from '../serving/serve.ts';
import type { BackendDescription } from './backend-description.ts';

/** A backend that runs on loopback. */
export interface Backend extends Service {
  /** As it is compared, see `plainName`. */
  address: string;
  /** The only port that it claims; null: every. */
  claimedPort: number | null;
  transport: 'tcp' | 'udp';
}

/** Starts what a checked description says. @param records Where it notes what it is asked; backends that share them keep one order */
export async function startBackend(description: BackendDescription, records: TargetRecords): Promise<Backend> {
  const { address, port: claimedPort = null, http, radius } = description;
  const place = { address: plainName(address), claimedPort };
  if (radius !== undefined) {
    const { startRadiusServer } = await import('../radius/start-radius-server.ts');
    return { ...place, transport: 'udp', ...(await startRadiusServer(radius, records)) };
  }
  const { startHttpTarget } = await import('../http/start-http-target.ts');
  const service = await startHttpTarget(http ?? {}, { address, folder: '.', records });
  return { ...place, transport: 'tcp', ...service };
}
