import type { Directive, Tag } from './scan-tag.ts';
import type { Mark } from './yaml-error.ts';

type Indicator =
  | 'end of file'
  | '---'
  | '...'
  | 'block sequence'
  | 'block mapping'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | '-'
  | ','
  | '?'
  | ':';

export type Token = { mark: Mark } & (
  | { type: Indicator }
  | { type: 'directive'; directive: Directive }
  | { type: 'alias' | 'anchor'; name: string }
  | { type: 'tag'; tag: Tag }
  | { type: 'scalar'; text: string; plain: boolean }
);
