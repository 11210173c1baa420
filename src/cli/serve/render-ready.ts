import { quoteWord } from '../../base/quote-word.ts';
import type { ServerOptions } from '../../rest/server/server-options.ts';
import type { ApiServer } from '../../rest/server/start-api-server.ts';
import type { Terminal } from '../terminal/create-terminal.ts';

/** The first and only document of `serve --json`. Source: the contract of `serve`, start. */
export function readyDocument(
  { url, certificate, newPassword }: ApiServer,
  { compat, stateDir }: ServerOptions,
  inspectorUrl: string,
): object {
  return {
    api: { url, certificate: certificate?.file ?? null, fingerprint: certificate?.fingerprint ?? null, compat },
    inspector: { url: inspectorUrl },
    admin: { user: 'admin', password: newPassword ?? null },
    stateDir,
    pid: process.pid,
  };
}

/** What a person needs to begin. */
export function renderReady(
  server: ApiServer,
  options: ServerOptions,
  { terminal, inspectorUrl }: { terminal: Terminal; inspectorUrl: string },
): string {
  const { url, certificate, newPassword } = server;
  const { paintError: paint } = terminal;
  const trust = certificate?.file === undefined ? '' : ` --cacert ${quoteWord(certificate.file)}`;
  const rows = [
    ['API', paint('bold', url)],
    ['inspector', 'the page that shows every call'],
    ...(certificate === undefined
      ? []
      : [
          ['certificate', certificate.file ?? 'yours'],
          ['fingerprint', certificate.fingerprint],
        ]),
    ['profile', options.compat],
    ['state', options.stateDir],
    ...(newPassword === undefined
      ? []
      : [['admin', `${paint('bold', newPassword)}  the password of admin; it is not shown again`]]),
  ];
  // The address of the page on a line of its own.
  const lines = rows.flatMap(([name = '', value = '']) => {
    const line = `${name.padEnd(12)} ${value}`;
    return name === 'inspector' ? [line, inspectorUrl] : [line];
  });
  return [
    ...lines,
    '',
    `curl${trust} --user admin --cookie-jar session.txt ${url}/api/authentication`,
    'Ctrl-C ends it.',
  ].join('\n');
}
