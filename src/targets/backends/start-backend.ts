import type { HttpDescription } from '../description/target-description.ts';
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
  const { address, port: claimedPort = null, http = {} } = description;
  const place = { address: plainName(address), claimedPort };
  return { ...place, transport: 'tcp', ...(await startHttp(http, address, records)) };
}

async function startHttp(http: HttpDescription, address: string, records: TargetRecords): Promise<Service> {
  const { startHttpTarget } = await import('../http/start-http-target.ts');
  return startHttpTarget(http, { address, folder: '.', records });
}
