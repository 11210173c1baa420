import { PluginHostError } from '../errors.ts';

export function runChaos(): Promise<number> {
  return Promise.reject(new PluginHostError('USAGE', 'not yet', { hint: 'Wait.' }));
}
