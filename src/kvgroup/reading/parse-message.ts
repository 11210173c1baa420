import { decodeText } from '../format/decode-text.ts';
import type { KvPosition } from '../format/kv-diagnostic.ts';
import type { Encoding, KvMessage, ParseOptions } from '../format/kv-message.ts';
import { complaints } from './complaints.ts';
import { DiagnosticLog } from './diagnostic-log.ts';
import { GroupReader } from './group-reader.ts';
import { TextLocator } from './text-locator.ts';
import { TreeRecorder } from './tree-recorder.ts';

export const defaultLimits = { maxDepth: 256, maxBytes: 16 * 1024 * 1024, maxItems: 1_000_000 };

/**
 * Reads a text of one group. Never throws: errors are in `diagnostics`. Bytes are UTF-8 unless a byte-order mark or `encoding` says
 * otherwise.
 */
export function parseMessage(input: Uint8Array | string, options: ParseOptions = {}): KvMessage {
  const { maxBytes = defaultLimits.maxBytes, encoding: fallback = 'utf-8' } = options;
  const isText = typeof input === 'string';
  const size = isText ? Buffer.byteLength(input) : input.byteLength;
  const isTooLarge = size > maxBytes;
  const { text, encoding, bomBytes, isDamaged } = isText
    ? decodedText(input)
    : decodeText(isTooLarge ? input.subarray(0, maxBytes) : input, fallback);
  const place: TextPlace = {
    encoding,
    bom: bomBytes > 0,
    start: { line: 1, column: 1, offset: bomBytes },
    isFirst: true,
    follows: undefined,
  };
  if (isTooLarge) {
    return refuse(text, place, (log) => {
      log.error('KVG012', Math.min(text.length, maxBytes), complaints.tooLarge(maxBytes));
    });
  }
  return isDamaged ? refuseBytes(text, place) : parseText(text, options, place);
}

/** Where a text comes from. */
export interface TextPlace {
  encoding: Encoding;
  bom: boolean;
  start: KvPosition;
  /** Whether its first line is the first of the input: only there a document has its header. */
  isFirst: boolean;
  /** In a stream, the version of the message before. */
  follows: 'v1' | 'v2' | undefined;
}

/** @internal */
export function parseText(text: string, options: ParseOptions, place: TextPlace): KvMessage {
  const { profile = 'compat', positions = false, layout = false } = options;
  const { maxDepth = defaultLimits.maxDepth, maxItems = defaultLimits.maxItems } = options;
  const log = new DiagnosticLog();
  const header = findHeader(text, place.isFirst);
  const version = knownVersion(header?.version);
  if (header !== undefined && version === null) {
    log.warning('KVG015', header.index, complaints.unknownVersion(header.version));
  }
  const recorder = positions || layout ? new TreeRecorder(text, { layout }) : undefined;
  const reader = new GroupReader(
    text,
    log,
    { profile, isV2: version === '2.0', maxDepth, maxItems, follows: place.follows },
    recorder,
  );
  reader.read();
  const locator = new TextLocator(text, place.encoding, place.start);
  return {
    version,
    ...describe(text, place),
    root: log.hasErrors ? undefined : reader.root,
    diagnostics: log.locate(locator),
    positionOf(item) {
      const start = positions ? recorder?.starts.get(item) : undefined;
      return start === undefined ? undefined : locator.positionOf(start);
    },
    ...(recorder?.layout === undefined || log.hasErrors ? {} : { layout: recorder.layout }),
  };
}

/** A message that only has diagnostics about its bytes. @internal */
export function refuseBytes(text: string, place: TextPlace): KvMessage {
  return refuse(text, place, (log) => {
    log.error('KVG009', text.length, complaints.undecodable(place.encoding));
  });
}

/** @internal */
export function refuse(text: string, place: TextPlace, complain: (log: DiagnosticLog) => void): KvMessage {
  const log = new DiagnosticLog();
  complain(log);
  return {
    version: null,
    ...describe(text, place),
    root: undefined,
    diagnostics: log.locate(new TextLocator(text, place.encoding, place.start)),
    positionOf: () => undefined,
  };
}

function describe(text: string, { encoding, bom }: TextPlace): Pick<KvMessage, 'encoding' | 'bom' | 'eol'> {
  const at = text.search(/[\r\n]/);
  const eol = at < 0 || text[at] === '\n' ? '\n' : text[at + 1] === '\n' ? '\r\n' : '\r';
  return { encoding, bom, eol };
}

function decodedText(input: string): { text: string; encoding: 'utf-8'; bomBytes: number; isDamaged: boolean } {
  const bom = input.startsWith('\ufeff');
  return { text: bom ? input.slice(1) : input, encoding: 'utf-8', bomBytes: bom ? 3 : 0, isDamaged: false };
}

const header = /#[ \t]*KVGROUP-V(\d+\.\d+)[ \t]*(?=[\r\n]|$)/y;

/** In line 1; in a stream, any message may have one of its own before it. */
function findHeader(text: string, isFirst: boolean): { version: string; index: number } | undefined {
  const before = isFirst ? [0] : commentsBefore(text);
  for (const index of before) {
    header.lastIndex = index;
    const version = header.exec(text)?.[1];
    if (version !== undefined) return { version, index };
  }
  return undefined;
}

function commentsBefore(text: string): number[] {
  const found: number[] = [];
  const blank = /(?:[ \t\f\v\r\n;,]*)(#?)[^\r\n]*/y;
  for (let match = blank.exec(text); match?.[1] === '#'; match = blank.exec(text)) {
    found.push(match.index + match[0].indexOf('#'));
  }
  return found;
}

function knownVersion(version: string | undefined): KvMessage['version'] {
  return version === '1.0' || version === '1.1' || version === '2.0' ? version : null;
}
