interface DigestRequest {
  /** Of the 401: `Digest realm="…", nonce="…", qop="auth"`. */
  challenge: string;
  user: string;
  password: string;
  method: string;
  /** Path and query. */
  uri: string;
  /** How often the nonce was used, this time included. */
  count: number;
  clientNonce?: string;
}

const hashes: Record<string, string> = { md5: 'md5', 'sha-256': 'sha256' };

/** The `Authorization` that answers a challenge; undefined when it asks for what we have not. Source: RFC 7616. */
export function digestAnswer(request: DigestRequest): string | undefined {
  const { challenge, user, password, method, uri, count } = request;
  const asked = readChallenge(challenge);
  const algorithm = (asked.get('algorithm') ?? 'MD5').toLowerCase();
  const isSession = algorithm.endsWith('-sess');
  const name = hashes[algorithm.replace(/-sess$/, '')];
  const realm = asked.get('realm');
  const nonce = asked.get('nonce');
  if (name === undefined || realm === undefined || nonce === undefined) return undefined;
  const offered = asked
    .get('qop')
    ?.split(',')
    .map((each) => each.trim());
  if (offered !== undefined && !offered.includes('auth')) return undefined;
  // Loaded when it is used: most requests have no challenge to answer.
  const { createHash, randomBytes } = process.getBuiltinModule('node:crypto');
  const hash = (text: string): string => createHash(name).update(text).digest('hex');
  const clientNonce = request.clientNonce ?? randomBytes(8).toString('hex');
  const nonceCount = count.toString(16).padStart(8, '0');
  const basic = hash(`${user}:${realm}:${password}`);
  const first = isSession ? hash(`${basic}:${nonce}:${clientNonce}`) : basic;
  const second = hash(`${method}:${uri}`);
  const response =
    offered === undefined
      ? hash(`${first}:${nonce}:${second}`)
      : hash(`${first}:${nonce}:${nonceCount}:${clientNonce}:auth:${second}`);
  const parts = [
    ['username', quoted(user)],
    ['realm', quoted(realm)],
    ['nonce', quoted(nonce)],
    ['uri', quoted(uri)],
    ['response', quoted(response)],
    ...(asked.has('algorithm') ? [['algorithm', asked.get('algorithm') ?? '']] : []),
    ...(asked.has('opaque') ? [['opaque', quoted(asked.get('opaque') ?? '')]] : []),
    ...(offered === undefined && !isSession ? [] : [['cnonce', quoted(clientNonce)]]),
    ...(offered === undefined
      ? []
      : [
          ['qop', 'auth'],
          ['nc', nonceCount],
        ]),
  ];
  return `Digest ${parts.map(([key, value]) => `${key ?? ''}=${value ?? ''}`).join(', ')}`;
}

/** The parts of `WWW-Authenticate` lines that ask for Digest; a line may hold several schemes, and a quoted text anything. */
export function digestChallenges(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const withoutTexts = line.replace(/"(?:[^"\\]|\\.){0,2000}"/g, (text) => '_'.repeat(text.length));
    const starts = Array.from(withoutTexts.matchAll(/(?<=^|[\s,])digest\s/gi), ({ index }) => index);
    return starts.map((start, at) => line.slice(start, starts[at + 1]));
  });
}

/** Whether only the nonce was too old: the credentials are right. */
export function isStale(challenge: string): boolean {
  return readChallenge(challenge).get('stale')?.toLowerCase() === 'true';
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function readChallenge(challenge: string): Map<string, string> {
  const found = challenge.matchAll(/([\w-]{1,20}) {0,2}= {0,2}(?:"((?:[^"\\]|\\.){0,2000})"|([^\s,"]{1,2000}))/g);
  const asked = new Map<string, string>();
  for (const [, name = '', inQuotes, bare = ''] of found) {
    const key = name.toLowerCase();
    // What follows of another scheme does not count.
    if (!asked.has(key)) asked.set(key, inQuotes === undefined ? bare : inQuotes.replace(/\\(.)/g, '$1'));
  }
  return asked;
}
