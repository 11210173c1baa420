import { PluginHostError } from '../../base/plugin-host-error.ts';
import { AllowList } from '../network/allow-list.ts';
import type { ConnectTo } from '../network/dialer.ts';

/** @throws PluginHostError USAGE */
export function readAllowList(entries: readonly string[]): AllowList {
  try {
    return new AllowList(entries);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PluginHostError('USAGE', `--allow ${error.message}: expected HOST[:PORT], *.DOMAIN or CIDR`, {
      hint: 'Write --allow host.example:22, --allow *.example, --allow 10.0.0.0/8.',
    });
  }
}

const rule = /^(\[[^[\]]*\]|[^:[\]]*):(\d*):(\[[^[\]]*\]|[^:[\]]*):(\d*)$/;

/** `HOST:PORT:HOST2:PORT2`, as curl has it. @throws PluginHostError USAGE */
export function readConnectTo(text: string): ConnectTo {
  const [, host = '', port = '', toHost = '', toPort = ''] = rule.exec(text) ?? [];
  if (!rule.test(text))
    throw new PluginHostError('USAGE', `--connect-to ${text}: expected HOST:PORT:HOST2:PORT2`, {
      hint: 'Write --connect-to portal.example:443:127.0.0.1:8443; an empty part matches all.',
    });
  return { host, port: portOf(port), toHost, toPort: portOf(toPort) };
}

function portOf(text: string): number | undefined {
  return text === '' ? undefined : Number(text);
}
