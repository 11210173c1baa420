import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTarget } from '../../../../src/targets/running/start-target.ts';

export interface LeakyTargets {
  ports: { HttpPort: number; SshPort: number; TelnetPort: number };
  close: () => Promise<void>;
}

/** Servers that show to whoever asks what they were told. */
export async function startLeakyTargets(values: Readonly<Record<string, string>>): Promise<LeakyTargets> {
  const http = createServer((request, response) => void answer(request, response));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const everything = Object.keys(values).map((name) => `\${${name}}`);
  const ssh = await startTarget(
    {
      ssh: {
        users: { svc: { password: '${FuncPassword}' } },
        motd: `Welcome, ${everything.join(', ')}`,
        commands: [
          { command: 'leave', disconnect: true },
          {
            command: { matches: '^(say|echo|x)' },
            output: `you said ${everything.join(' and ')}`,
            stderr: `never say ${everything.join(' or ')}`,
            exit: 3,
          },
        ],
        unmatched: 'allowed',
      },
    },
    { values },
  );
  const telnet = await startTarget(
    {
      telnet: {
        login: [
          { prompt: 'Password: ', expect: { any: true } },
          { prompt: `You typed ${everything.join(' ')}\nPassword: `, expect: { any: true } },
        ],
        unmatched: 'allowed',
      },
    },
    { values },
  );
  return {
    ports: {
      HttpPort: (http.address() as AddressInfo).port,
      SshPort: ssh.loopbackPort,
      TelnetPort: telnet.loopbackPort,
    },
    close: async () => {
      http.closeAllConnections();
      http.close();
      await Promise.all([ssh.close(), telnet.close()]);
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const inHeader = [request.url ?? '', request.headers.authorization, request.headers.cookie, encodeURIComponent(body)];
  response.setHeader('X-Echo', inHeader.join(' '));
  response.setHeader('Set-Cookie', `seen=${encodeURIComponent(body)}; Path=/`);
  if (request.url === '/redirect') {
    response.writeHead(307, { Location: `/echo?from=${encodeURIComponent(body)}` }).end(body);
  } else if (request.url === '/page') {
    const inPage = body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    response.setHeader('Content-Type', 'text/html');
    response.end(`<form action="/${encodeURIComponent(body)}"><input name="shown" value="${inPage}">${inPage}</form>`);
  } else {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ url: request.url, headers: request.headers, body, again: JSON.stringify(body) }));
  }
}
