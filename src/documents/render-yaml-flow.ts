import { parse, stringify } from 'yaml';
import { isJsonObject, type Json } from '../base/json.ts';

export type Quotes = 'none' | 'single' | 'double';

export interface FlowStyle {
  /** Of texts, where any do. */
  quotes: Quotes;
  /** A blank inside of braces. */
  isPadded: boolean;
  /** Inside of brackets or braces, where a text without quotes has fewer characters. */
  isInFlow: boolean;
}

/** A value on one line: lists and mappings in brackets and braces. */
export function renderYamlFlow(value: Json, style: FlowStyle): string {
  const inner = { ...style, isInFlow: true };
  if (Array.isArray(value)) return `[${value.map((item) => renderYamlFlow(item, inner)).join(', ')}]`;
  if (!isJsonObject(value)) return typeof value === 'string' ? renderText(value, style) : JSON.stringify(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const pad = style.isPadded ? ' ' : '';
  const pairs = entries.map(([name, item]) => `${renderText(name, inner)}: ${renderYamlFlow(item, inner)}`);
  return `{${pad}${pairs.join(', ')}${pad}}`;
}

/** A list or mapping on lines of its own, below each other. @param column Where it begins, from 0 */
export function renderYamlBlock(value: Json, column: number): string {
  const text = stringify(value, { lineWidth: 0, singleQuote: true }).trimEnd();
  return text.replaceAll(/\n(?=.)/g, `\n${' '.repeat(column)}`);
}

/**
 * A text of several lines as they are, after `|`; undefined where it has none, or cannot be written so.
 * @param column Where what holds it begins, from 0
 */
export function renderYamlLines(text: string, column: number): string | undefined {
  if (!/[^\n]\n/.test(text) || /\n\n$|[^\P{C}\n\t]|\r/u.test(text)) return undefined;
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const indicator = `|${/^[ \n]/.test(body) ? '2' : ''}${text.endsWith('\n') ? '' : '-'}`;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${' '.repeat(column + 2)}${line}`));
  return [indicator, ...lines].join('\n');
}

/** The first form that means this text: without quotes it may be a number, or end at a `#`. */
function renderText(text: string, { quotes, isInFlow }: FlowStyle): string {
  const single = `'${text.replaceAll("'", "''")}'`;
  const double = JSON.stringify(text);
  const forms = { none: [text, single, double], single: [single, double], double: [double] }[quotes];
  return forms.find((form) => means(form, text, isInFlow)) ?? double;
}

function means(form: string, text: string, isInFlow: boolean): boolean {
  if (form.includes('\n')) return false;
  try {
    const [read] = Object.values(
      parse(isInFlow ? `{a: ${form}}` : `a: ${form}`, { logLevel: 'error' }) as Record<string, unknown>,
    );
    return read === text;
  } catch {
    return false;
  }
}
