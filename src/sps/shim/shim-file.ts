import { fileURLToPath } from 'node:url';

/** A program of this folder; when built, all of them are beside the bundle. */
export const shimFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
