import { existsSync } from 'node:fs';
import path from 'node:path';

/** Ends of the repositories' names; in the order in which they are run. */
export const pluginNames = [
  'skeleton-aa',
  'duo-mfa',
  'okta-mfa',
  'hashicorp-vault',
  'safeguard',
  'fqdnauth',
  'inwebo-mfa',
  'pingid',
  'onelogin',
  'azure-ad',
] as const;

export type PluginName = (typeof pluginNames)[number];

/** Those that have a file of tests with backends, in `backends/`. */
export const backendPlugins = ['duo-mfa', 'okta-mfa', 'inwebo-mfa', 'onelogin', 'radius-mfa'] as const;

/** The packed one of two folders of the same plugin. */
export function findFolder(folders: readonly string[], name: string): string | undefined {
  const own = folders.filter((folder) => isCheckout(folder) && nameOf(folder) === name);
  return own.find((folder) => folder.endsWith('-packed')) ?? own[0];
}

/** Whether a folder holds a plugin whose sessions are known. */
export function isKnown(folder: string): boolean {
  return isCheckout(folder) && [...pluginNames, ...backendPlugins].some((name) => name === nameOf(folder));
}

function isCheckout(folder: string): boolean {
  return existsSync(path.join(folder, 'MANIFEST'));
}

/** `…/safeguard-sessions-plugin-NAME`, `…/NAME` or, with the packages that it brings beside its sources, `…/NAME-packed`. */
function nameOf(folder: string): string {
  return path
    .basename(folder)
    .replace(/^safeguard-sessions-plugin-/, '')
    .replace(/-packed$/, '');
}
