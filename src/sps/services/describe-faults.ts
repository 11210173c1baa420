import { renderDuration } from '../../base/parse-duration.ts';
import { type Problem, warning } from '../../base/problem.ts';
import type { LoadedFaults } from '../surroundings/load-faults.ts';

/** A warning for each fault, so that nobody thinks that the plugin caused its effects. */
export function describeFaults({ ldapServers, userLists, rest, memoryCache, clockMs }: LoadedFaults): Problem[] {
  const said = [
    ...(ldapServers ? [`${renderNames('LDAP server', ldapServers)} down`] : []),
    ...(userLists ? [`${renderNames('user list', userLists)} missing`] : []),
    ...(rest ? [`queries of the configuration are answered with ${rest}`] : []),
    ...(memoryCache === 'away' ? ['the memory cache does not answer'] : []),
    ...(typeof memoryCache === 'object' ? [`the memory cache takes ${renderDuration(memoryCache.slowMs)} longer`] : []),
    ...(clockMs ? [`the clock is ${renderShift(Math.abs(clockMs))} ${clockMs > 0 ? 'ahead' : 'behind'}`] : []),
  ];
  return said.map((what) =>
    warning(
      'FAULT_INJECTED',
      `under a fault: ${what}`,
      'Remove it from `faults:` of plugin-host.yaml to run without it.',
    ),
  );
}

function renderShift(shiftMs: number): string {
  const hours = shiftMs / 3_600_000;
  if (hours < 1 || !Number.isInteger(hours)) return renderDuration(shiftMs);
  return hours % 24 === 0 ? `${hours / 24} d` : `${hours} h`;
}

function renderNames(what: string, names: true | readonly string[]): string {
  if (names === true) return `all ${what}s are`;
  return names.length === 1 ? `${what} ${names.join()} is` : `${what}s ${names.join(', ')} are`;
}
