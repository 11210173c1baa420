import { quoteWord } from '../../base/quote-word.ts';

/** A call, as it may be shown. */
export interface CopiedCall {
  hook: string;
  /** Path of the plugin, from the folder where the command is to run. */
  path: string;
  /** All arguments, without the cookies. */
  kwargs: object;
  cookie: object;
  sessionCookie: object;
  configuration: string | null;
  proxyTimeoutMs: number;
}

const defaultProxyTimeoutMs = 600_000;

/** The command that makes a call again, to be pasted into a shell. What is masked stays masked. */
export function renderCommand(call: CopiedCall): string {
  const { hook, path, kwargs, cookie, sessionCookie, configuration, proxyTimeoutMs } = call;
  const isConfigured = configuration !== null && configuration.trim() !== '';
  const words = [
    ...['npx', 'plugin-host', 'invoke', hook, '-p', path],
    ...['-k', JSON.stringify(kwargs)],
    ...['--cookie', JSON.stringify(cookie)],
    ...['--session-cookie', JSON.stringify(sessionCookie)],
    ...(proxyTimeoutMs === defaultProxyTimeoutMs ? [] : ['--proxy-timeout', `${proxyTimeoutMs}ms`]),
    ...(isConfigured ? ['--config', '-'] : []),
  ];
  const command = words.map(quoteWord).join(' ');
  if (!isConfigured) return command;
  const lines = configuration.replace(/\n$/, '').split('\n');
  let end = 'END';
  while (lines.includes(end)) end += '_';
  return [`${command} <<'${end}'`, ...lines, end].join('\n');
}
