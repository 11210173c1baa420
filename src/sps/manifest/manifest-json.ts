import { parseExactJson, type Json, type JsonObject } from '../../base/json.ts';
import type { PyDict, PyValue } from '../../pyyaml/py-value.ts';
import { pythonStr } from '../../pyyaml/python-str.ts';
import { parseApiVersion } from './api-version.ts';

/** With aliases a few lines can become more values than fit into memory, or a value inside itself; ours. */
const maxValues = 10_000;
const maxDepth = 100;

/** The MANIFEST for a report: `version` and `api` as texts, dates and binary data too; `…` for what exceeds the limits. */
export function manifestJson(manifest: PyDict): JsonObject {
  const json = toObject(manifest, { left: maxValues }, 0);
  const version = textOf(manifest, 'version');
  if (version !== undefined) json['version'] = version;
  const api = textOf(manifest, 'api');
  if (api !== undefined) json['api'] = parseApiVersion(api)?.text ?? api;
  return json;
}

function textOf(manifest: PyDict, field: string): string | undefined {
  const value = manifest.entries.get(`text ${field}`)?.value;
  return value === undefined || value === null ? undefined : pythonStr(value);
}

function toObject({ entries }: PyDict, budget: { left: number }, depth: number): JsonObject {
  const pairs: [string, Json][] = [];
  for (const { key, value } of entries.values()) pairs.push([keyText(key), toJson(value, budget, depth + 1)]);
  // All names become own keys, also `__proto__`.
  return Object.fromEntries(pairs);
}

function keyText(key: PyValue): string {
  const text = toJson(key, { left: 1 }, 0);
  return typeof text === 'string' ? text : JSON.stringify(text);
}

function toJson(value: PyValue, budget: { left: number }, depth: number): Json {
  budget.left -= 1;
  if (budget.left < 0 || depth > maxDepth) return '…';
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return numberJson(value);
  if (value.kind === 'date') return value.text;
  if (value.kind === 'bytes') return value.bytes.toString('base64');
  if (value.kind === 'list') return value.items.slice(0, maxValues).map((item) => toJson(item, budget, depth + 1));
  if (value.kind === 'set') return Array.from(value.entries.values(), ({ key }) => toJson(key, budget, depth + 1));
  return toObject(value, budget, depth);
}

function numberJson(value: number | bigint): Json {
  const text = pythonStr(value);
  if (text === undefined) return '…';
  return typeof value === 'number' && !Number.isFinite(value) ? text : parseExactJson(text);
}
