import { checkParameters } from '../../sps/session/check-parameters.ts';
import { gatewayOptionKinds } from './gateway-option-kinds.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { type Gateway, openGateway } from './open-gateway.ts';

/**
 * Lets real SSH clients log in to real servers through plugins. It prints nothing.
 * @throws PluginHostError USAGE, NOT_LOOPBACK, PORT_IN_USE, and as `openPlugin`
 */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  checkParameters(options, gatewayOptionKinds);
  const { settings, abandon, ...gateway } = await openGateway(options, {
    environment: process.env,
    currentFolder: process.cwd(),
  });
  return gateway;
}
