import type { HttpDescription } from '../description/target-description.ts';
import type { TargetRecords } from '../matching/target-records.ts';
import type { Service } from '../serving/serve.ts';
import { HttpTarget } from './http-target.ts';
import { ownAuthority } from './own-authority.ts';
import { startHttpServer } from './start-http-server.ts';

export interface HttpTargetOptions {
  /** For whose name its certificate is. */
  address: string;
  /** That files of its answers are relative to. */
  folder: string;
  records: TargetRecords;
}

/** Serves what a description says, on a free port of loopback. */
export async function startHttpTarget(http: HttpDescription, options: HttpTargetOptions): Promise<Service> {
  const { address, folder, records } = options;
  return startHttpServer(new HttpTarget(http, folder, records), {
    tls: http.tls,
    certify: (kind) => ownAuthority().certify(address, kind),
  });
}
