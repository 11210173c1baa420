const zipMagic = Buffer.from('PK\x03\x04', 'latin1');

/**
 * The ZIP in the body of an upload: the body itself, or the first part of a multipart body that is one. The content decides, not the media type:
 * real clients name several, or none. Undefined: there is none.
 */
export function findZip(body: Buffer): Buffer | undefined {
  if (startsWith(body, 0, zipMagic)) return body;
  if (!startsWith(body, 0, Buffer.from('--'))) return undefined;
  const lineEnd = body.indexOf('\n');
  if (lineEnd < 3 || lineEnd > 256) return undefined;
  const line = body.subarray(0, lineEnd).toString('latin1').replace(/\r$/, '').trimEnd();
  const delimiter = Buffer.from(`\n${line}`, 'latin1');
  for (let start = lineEnd + 1; start > 0 && start < body.length;) {
    const content = contentOf(body, start);
    const end = body.indexOf(delimiter, start - 1);
    if (content !== undefined && startsWith(body, content, zipMagic)) {
      // The line end before a delimiter belongs to the delimiter.
      const last = end < 0 ? body.length : body[end - 1] === 0x0d ? end - 1 : end;
      return body.subarray(content, last);
    }
    if (end < 0) return undefined;
    start = body.indexOf('\n', end + 1) + 1;
  }
  return undefined;
}

/** Where the content of a part begins, after its headers. */
function contentOf(body: Buffer, start: number): number | undefined {
  const strict = body.indexOf('\r\n\r\n', start);
  const lenient = body.indexOf('\n\n', start);
  if (strict < 0 && lenient < 0) return undefined;
  return strict >= 0 && (lenient < 0 || strict < lenient) ? strict + 4 : lenient + 2;
}

function startsWith(body: Buffer, at: number, magic: Buffer): boolean {
  return body.subarray(at, at + magic.length).equals(magic);
}
