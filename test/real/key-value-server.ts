import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KeyValueServer extends AsyncDisposable {
  port: number;
  /** `METHOD path body`, in order. */
  requests: string[];
}

/** Answers like a secret store with a KV engine, version 1, and user/password logins. */
export async function startKeyValueServer(
  secrets: Record<string, Record<string, string>>,
  users: Record<string, string>,
): Promise<KeyValueServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = '', url = '', headers } = request;
      requests.push(`${method} ${url} ${body}`);
      const answer = (status: number, document: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
      };
      const user = /^\/v1\/auth\/userpass\/login\/(.+)$/.exec(url)?.[1];
      if (url === '/v1/sys/health') answer(200, { initialized: true, sealed: false, standby: false });
      else if (user !== undefined && users[user] === (JSON.parse(body) as { password?: string }).password)
        answer(200, { auth: { client_token: 'token-of-the-store' } });
      else if (user !== undefined) answer(400, { errors: ['invalid username or password'] });
      else if (headers['x-vault-token'] !== 'token-of-the-store') answer(403, { errors: ['permission denied'] });
      else if (secrets[url] !== undefined) answer(200, { data: secrets[url] });
      else answer(404, { errors: [] });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
