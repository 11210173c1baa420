import { stripTypeScriptTypes } from 'node:module';
import { type ArrowFunctionExpression, type Node, parse, type PropertyDefinition } from 'acorn';

/** Where something begins that is run. */
export interface Statement {
  /** From 1. */
  line: number;
  /** In UTF-16 units. */
  offset: number;
}

/**
 * The statements of a source in JavaScript, or in TypeScript as Node runs it; fields of classes count too, not
 * what declares a function or a class. Else why it cannot be read.
 */
export function findStatements(source: string, name: string): Statement[] | string {
  try {
    const code = source.replace(/^\uFEFF/, '');
    const text = /\.[cm]?ts$/.test(name) ? stripTypes(code) : code;
    const found: Statement[] = [];
    visit(parseAny(text), (node) => {
      const counted = countedOf(node);
      if (counted?.loc) found.push({ line: counted.loc.start.line, offset: counted.start });
    });
    return found;
  } catch (error) {
    return (error as Error).message;
  }
}

/** As Node does it for a plugin, with blanks in place of types: every place stays what it was. It says each time that this is experimental. */
function stripTypes(source: string): string {
  const { emitWarning } = process; // eslint-disable-line @typescript-eslint/unbound-method -- it is put back as it was
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Node looks at the text too, where nothing else says what it is. */
function parseAny(text: string): Node {
  const options = { ecmaVersion: 'latest', locations: true } as const;
  try {
    return parse(text, { ...options, sourceType: 'module' });
  } catch (error) {
    try {
      return parse(text, { ...options, sourceType: 'commonjs' });
    } catch {
      throw error;
    }
  }
}

function visit(node: Node, onNode: (node: Node) => void): void {
  onNode(node);
  for (const value of Object.values(node) as unknown[]) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(each)) visit(each, onNode);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** What of a node counts as a statement: itself, or what an arrow function gives. */
function countedOf(node: Node): Node | undefined {
  switch (node.type) {
    case 'VariableDeclaration':
      return node;
    case 'PropertyDefinition':
      return (node as PropertyDefinition).value === null ? undefined : node;
    case 'ArrowFunctionExpression': {
      const { expression, body } = node as ArrowFunctionExpression;
      return expression ? body : undefined;
    }
    case 'BlockStatement': // holds others
    case 'EmptyStatement':
      return undefined;
    default:
      return node.type.endsWith('Statement') ? node : undefined;
  }
}
