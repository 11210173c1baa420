import type { Cursor } from './find-cursor.ts';

/** A name that can stand somewhere because of what the document is about. */
export interface Known {
  label: string;
  detail: string | undefined;
  documentation: string | undefined;
  /** What is written, where it is more than the name. */
  newText?: string;
}

/** Where it is asked for. */
export type Place = Pick<Cursor, 'keys' | 'isKey' | 'valueAt'> & Partial<Pick<Cursor, 'siblings' | 'lead'>>;
