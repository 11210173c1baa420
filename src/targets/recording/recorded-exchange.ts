/** What a server answered. */
export interface RecordedAnswer {
  status: number;
  /** Lines in their order; a name may come several times. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Decompressed. */
  body: Buffer;
}

/** A request, and what came of it. Neither answer nor failure is there when the run ended before. */
export interface RecordedExchange {
  request: { url: URL; headers: RecordedAnswer['headers']; timeoutMs: number };
  result?: RecordedAnswer;
  /** `TARGET_TIMEOUT`: nothing came in time. */
  failure?: { code: string };
  tookMs?: number;
}
