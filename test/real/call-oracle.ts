import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import type { Json, JsonObject } from '../../src/index.ts';

export interface OracleRequest {
  root: string;
  configuration: string;
  hook: string;
  /** All that the product passes; the oracle filters them by the hook's signature. */
  kwargs: JsonObject;
  /** In the SDK's own shapes, by the keys of `fill_services` in oracle.py. */
  services: JsonObject;
}

export type OracleReply =
  { kind: 'returned'; received: JsonObject; value: Json } | { kind: 'raised'; exception: string; message: string };

/** Calls a hook in a fresh process of plain Python that knows nothing of plugin-host. */
export async function callOracle(
  python: string,
  environment: Readonly<Record<string, string>>,
  request: OracleRequest,
): Promise<OracleReply> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ph-test-oracle-'));
  try {
    for (const name of ['tmp', 'state', 'ephemeral']) mkdirSync(path.join(scratch, name));
    const { stdio } = await execa(python, [path.join(import.meta.dirname, 'oracle.py')], {
      input: JSON.stringify(request),
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      extendEnv: false,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        LANG: process.env['LANG'],
        TZ: process.env['TZ'],
        TMPDIR: path.join(scratch, 'tmp'),
        SCB_PLUGIN_STATE_DIRECTORY: path.join(scratch, 'state'),
        EPHEMERAL_PLUGIN_STATE_DIRECTORY: path.join(scratch, 'ephemeral'),
        ...environment,
      },
    });
    return JSON.parse(stdio[3]) as OracleReply;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
