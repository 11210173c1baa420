export interface JsonScan {
  /** Depth of lists and mappings inside each other. */
  depth: number;
  /** The places of numbers that JavaScript would spell differently. */
  inexact: [start: number, end: number][];
}

const quote = 0x22;
const backslash = 0x5c;

function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end >= 0) {
    let first = end;
    while (json.charCodeAt(first - 1) === backslash) first--;
    if ((end - first) % 2 === 0) return end + 1;
    end = json.indexOf('"', end + 1);
  }
  return json.length;
}

function isNumberUnit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || unit === 0x2b || (unit >= 0x2d && unit <= 0x2e) || (unit | 0x20) === 0x65;
}

function endOfNumber(json: string, start: number): number {
  let end = start + 1;
  while (isNumberUnit(json.charCodeAt(end))) end++;
  return end;
}

/** Scans a JSON text once. */
export function scanJson(json: string): JsonScan {
  const inexact: JsonScan['inexact'] = [];
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < json.length;) {
    const unit = json.charCodeAt(at);
    if (unit === quote) {
      at = endOfText(json, at);
    } else if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) {
      const end = endOfNumber(json, at);
      // Most numbers have one or two digits.
      const isShort = end - at < 3 && unit !== 0x2d;
      if (!isShort && !isExact(json.slice(at, end))) inexact.push([at, end]);
      at = end;
    } else {
      if (unit === 0x5b || unit === 0x7b) deepest = Math.max(deepest, ++depth);
      else if (unit === 0x5d || unit === 0x7d) depth--;
      at++;
    }
  }
  return { depth: deepest, inexact };
}

function isExact(number: string): boolean {
  return String(Number(number)) === number;
}
