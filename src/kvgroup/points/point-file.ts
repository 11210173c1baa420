import type { CheckName, Detail, NameKind, PointKind, ShapeCase, ValueType } from './point.ts';

/** An item as the data files have it; `plugin-point.schema.json` says the same to editors. */
export interface FileItem {
  /** Name of a standard group or pair, which the other fields change. */
  extends?: string;
  /** Only these keys of the standard group. */
  only?: string[];
  key?: string;
  aliases?: string[];
  slips?: string[];
  /** With `type` it may be a pair, with `name` a group. */
  type?: ValueType;
  values?: string[];
  /** `*`: any. */
  name?: string | string[];
  count?: FileCount;
  items?: FileItem[];
  cases?: ShapeCase[];
  open?: boolean;
  /** Nothing in it is mandatory, at any depth. */
  partial?: boolean;
  obsolete?: string;
  sample?: number;
  samples?: string[];
  example?: string;
  named?: NameKind;
  detail?: Detail;
  person?: boolean;
}

export type FileCount = '0..1' | '1' | '0..n' | '1..n' | 'expected';

export interface FileMessage {
  items?: FileItem[];
  /** Names of standard groups, one of which is the root itself. */
  rooted?: string[];
  root?: { key: string; name: string[] };
  anyRoot?: boolean;
  cases?: ShapeCase[];
  open?: boolean;
}

export interface PointFile {
  version: 1;
  id: string;
  settings: string[];
  caller: string;
  kind: PointKind;
  published: boolean;
  source: string;
  input: FileMessage;
  item?: FileMessage;
  output: FileMessage;
  checks?: CheckName[];
  /** What differs when the point is asked for by this setting. */
  variants?: { setting: string; item?: FileMessage; output?: FileMessage }[];
}

export interface StandardGroupsFile {
  version: 1;
  items: Record<string, FileItem>;
}
