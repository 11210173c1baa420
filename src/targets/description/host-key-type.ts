/** Types of host keys that are made when no file is named. */
export const hostKeyTypes = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa'] as const;
export type HostKeyType = (typeof hostKeyTypes)[number];

export function isHostKeyType(name: string): name is HostKeyType {
  return (hostKeyTypes as readonly string[]).includes(name);
}
