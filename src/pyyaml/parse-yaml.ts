import { YamlError } from './yaml-error.ts';
import { YamlNodeParser } from './yaml-node-parser.ts';
import { yamlTag, type YamlNode } from './yaml-node.ts';
import { YamlScanner } from './yaml-scanner.ts';

const standardTags: [string, string][] = [
  ['!', '!'],
  ['!!', yamlTag('')],
];

/**
 * Parses a text that holds at most one document; undefined when it holds none.
 * @throws YamlError
 */
export function parseYaml(text: string): YamlNode | undefined {
  const scanner = new YamlScanner(text);
  const first = scanner.peek();
  if (first.type === 'end of file') return undefined;
  const isExplicit = first.type === 'directive' || first.type === '---';
  const node = isExplicit ? parseExplicit(scanner) : new YamlNodeParser(scanner, new Map(standardTags)).parse();
  while (scanner.peek().type === '...') scanner.next();
  const { type, mark } = scanner.peek();
  if (type === '---' || type === 'directive') throw new YamlError('a second document starts here', mark);
  if (type !== 'end of file') throw new YamlError(`the document should end here, but "${type}" follows`, mark);
  return node;
}

function parseExplicit(scanner: YamlScanner): YamlNode {
  const parser = new YamlNodeParser(scanner, parseDirectives(scanner));
  const start = scanner.next();
  if (start.type !== '---') throw new YamlError('"---" is missing after a directive', start.mark);
  const { type, mark } = scanner.peek();
  const isEmpty = type === 'directive' || type === '---' || type === '...' || type === 'end of file';
  return isEmpty ? parser.makeEmpty(mark) : parser.parse();
}

/** Reads the lines that start with `%`; gives the tag handles that the document may use. */
function parseDirectives(scanner: YamlScanner): Map<string, string> {
  const handles = new Map<string, string>();
  let hasVersion = false;
  for (let token = scanner.peek(); token.type === 'directive'; token = scanner.peek()) {
    scanner.next();
    const { directive, mark } = token;
    if (directive?.name === 'YAML') {
      if (hasVersion) throw new YamlError('a second %YAML', mark);
      if (Number(directive.major) !== 1) throw new YamlError('%YAML asks for a version other than 1', mark);
      hasVersion = true;
    } else if (directive?.name === 'TAG') {
      if (handles.has(directive.handle)) throw new YamlError('%TAG declares the same handle twice', mark);
      handles.set(directive.handle, directive.prefix);
    }
  }
  return new Map([...standardTags, ...handles]);
}
