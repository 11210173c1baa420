import { shorten } from '../base/shorten.ts';
import { plainScalarTag } from './scalar-constructors.ts';
import type { Token } from './token.ts';
import { YamlError, type Mark } from './yaml-error.ts';
import { yamlTag, type MappingNode, type SequenceNode, type YamlNode } from './yaml-node.ts';
import type { YamlScanner } from './yaml-scanner.ts';

/** Python gives up at about this depth: its recursion limit is 1000, and a level takes two calls. */
const maxDepth = 490;
/** Ours: far more than any MANIFEST has; it limits memory. */
const maxNodes = 1_000_000;

interface Properties {
  /** Undefined when YAML decides by the form of the value. */
  tag: string | undefined;
  /** `!`: then even quoted text is judged by its form. */
  isUnspecific: boolean;
  anchor: string | undefined;
  mark: Mark;
}

type Type = Token['type'];

/** Makes the node tree of one document. */
export class YamlNodeParser {
  readonly #scanner: YamlScanner;
  readonly #tagHandles: ReadonlyMap<string, string>;
  readonly #anchors = new Map<string, YamlNode>();
  #depth = 0;
  #nodes = 0;

  constructor(scanner: YamlScanner, tagHandles: ReadonlyMap<string, string>) {
    this.#scanner = scanner;
    this.#tagHandles = tagHandles;
  }

  /** Parses the value that starts here, in block style unless said otherwise. */
  parse({ isFlow = false, mayBeIndentless = false } = {}): YamlNode {
    const token = this.#scanner.peek();
    if (token.type === 'alias') return this.#parseAlias(token);
    const properties = this.#parseProperties();
    const { anchor } = properties;
    if (anchor !== undefined && this.#anchors.has(anchor)) {
      throw new YamlError(`the anchor &${shorten(anchor)} is defined a second time here`, properties.mark);
    }
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new YamlError(`values are nested more than ${maxDepth} deep`, token.mark);
    const node = this.#parseContent(properties, isFlow, mayBeIndentless);
    this.#depth -= 1;
    return node;
  }

  /** The value where the text has none: null. */
  makeEmpty(mark: Mark): YamlNode {
    return this.#scalar('', true, { tag: undefined, isUnspecific: false, anchor: undefined, mark });
  }

  #parseAlias(token: Token & { type: 'alias' | 'anchor' }): YamlNode {
    this.#scanner.next();
    const node = this.#anchors.get(token.name);
    if (node === undefined) throw new YamlError(`there is no anchor &${shorten(token.name)}`, token.mark);
    return node;
  }

  #parseProperties(): Properties {
    const properties: Properties = {
      tag: undefined,
      isUnspecific: false,
      anchor: undefined,
      mark: this.#scanner.peek().mark,
    };
    let hasTag = false;
    for (;;) {
      const token = this.#scanner.peek();
      if (token.type === 'anchor' && properties.anchor === undefined) properties.anchor = token.name;
      else if (token.type === 'tag' && !hasTag) {
        const tag = this.#fullTag(token);
        hasTag = true;
        properties.isUnspecific = tag === '!';
        properties.tag = tag === '!' ? undefined : tag;
      } else return properties;
      this.#scanner.next();
    }
  }

  #fullTag({ tag: { handle, suffix }, mark }: Token & { type: 'tag' }): string {
    if (handle === undefined) return suffix;
    const prefix = this.#tagHandles.get(handle);
    if (prefix === undefined) throw new YamlError(`the tag handle ${shorten(handle)} is not declared`, mark);
    return prefix + suffix;
  }

  #parseContent(properties: Properties, isFlow: boolean, mayBeIndentless: boolean): YamlNode {
    const token = this.#scanner.peek();
    if (mayBeIndentless && token.type === '-') return this.#fillBlockSequence(this.#sequence(properties), true);
    const isBlockStart = token.type === 'block sequence' || token.type === 'block mapping';
    if (token.type === 'scalar') {
      this.#scanner.next();
      return this.#scalar(token.text, token.plain, properties);
    }
    if (token.type === '[' || token.type === '{' || (!isFlow && isBlockStart)) {
      this.#scanner.next();
      if (token.type === '[') return this.#fillFlowSequence(this.#sequence(properties));
      if (token.type === '{') return this.#fillFlowMapping(this.#mapping(properties));
      if (token.type === 'block sequence') return this.#fillBlockSequence(this.#sequence(properties), false);
      return this.#fillBlockMapping(this.#mapping(properties));
    }
    if (properties.mark === token.mark) throw new YamlError(`a value is missing before ${show(token)}`, token.mark);
    return this.#scalar('', true, properties);
  }

  /** `isIndentless`: its items are in the column of the key around it, so that nothing marks their end. */
  #fillBlockSequence(node: SequenceNode, isIndentless: boolean): SequenceNode {
    const ends: Type[] = isIndentless ? ['-', '?', ':', 'block end'] : ['-', 'block end'];
    while (this.#is('-')) {
      const { mark } = this.#scanner.next();
      node.items.push(this.#is(...ends) ? this.makeEmpty(mark) : this.parse());
    }
    if (!isIndentless) this.#expect('block end', 'the list');
    return node;
  }

  #fillBlockMapping(node: MappingNode): MappingNode {
    while (this.#is('?')) {
      const key = this.#parsePart('?', ['?', ':', 'block end'], false);
      node.pairs.push([key, this.#parsePart(':', ['?', ':', 'block end'], false)]);
    }
    this.#expect('block end', 'the mapping');
    return node;
  }

  #fillFlowSequence(node: SequenceNode): SequenceNode {
    while (!this.#is(']')) {
      if (node.items.length > 0) this.#expect(',', 'the list in brackets', node);
      if (this.#is('?')) node.items.push(this.#parsePair());
      else if (!this.#is(']')) node.items.push(this.parse({ isFlow: true }));
      else break;
    }
    this.#expect(']', 'the list in brackets', node);
    return node;
  }

  /** A list item that is a mapping without braces: `[a: 1]`. */
  #parsePair(): MappingNode {
    const { mark } = this.#scanner.peek();
    const node = this.#mapping({ tag: undefined, isUnspecific: false, anchor: undefined, mark });
    const key = this.#parsePart('?', [':', ',', ']'], true);
    node.pairs.push([key, this.#parsePart(':', [',', ']'], true)]);
    return node;
  }

  #fillFlowMapping(node: MappingNode): MappingNode {
    while (!this.#is('}')) {
      if (node.pairs.length > 0) this.#expect(',', 'the mapping in braces', node);
      if (this.#is('?')) {
        const key = this.#parsePart('?', [':', ',', '}'], true);
        node.pairs.push([key, this.#parsePart(':', [',', '}'], true)]);
      } else if (!this.#is('}')) {
        node.pairs.push([this.parse({ isFlow: true }), this.makeEmpty(this.#scanner.peek().mark)]);
      } else break;
    }
    this.#expect('}', 'the mapping in braces', node);
    return node;
  }

  /** The key after `?` or the value after `:`; null where there is no such indicator, or nothing after it. */
  #parsePart(indicator: '?' | ':', ends: Type[], isFlow: boolean): YamlNode {
    const { mark } = this.#scanner.peek();
    if (!this.#is(indicator)) return this.makeEmpty(mark);
    this.#scanner.next();
    if (this.#is(...ends)) return this.makeEmpty(mark);
    return this.parse(isFlow ? { isFlow } : { mayBeIndentless: true });
  }

  #is(...types: Type[]): boolean {
    return types.includes(this.#scanner.peek().type);
  }

  /** @param opened What a bracket or a brace begins */
  #expect(type: Type, inside: string, opened?: SequenceNode | MappingNode): void {
    const token = this.#scanner.peek();
    if (token.type === type) this.#scanner.next();
    else if (opened !== undefined && token.type === 'end of file')
      throw new YamlError(`${inside} is not closed`, opened.mark);
    else throw new YamlError(`${inside} cannot continue with ${show(token)}${describeStart(opened)}`, token.mark);
  }

  #scalar(text: string, plain: boolean, { tag, isUnspecific, anchor, mark }: Properties): YamlNode {
    const byLooks = plain || isUnspecific ? plainScalarTag(text) : yamlTag('str');
    const isPlain = plain && tag === undefined && !isUnspecific;
    return this.#keep({ kind: 'scalar', tag: tag ?? byLooks, text, plain: isPlain, mark }, anchor);
  }

  #sequence({ tag = yamlTag('seq'), anchor, mark }: Properties): SequenceNode {
    return this.#keep({ kind: 'sequence', tag, items: [], mark }, anchor);
  }

  #mapping({ tag = yamlTag('map'), anchor, mark }: Properties): MappingNode {
    return this.#keep({ kind: 'mapping', tag, pairs: [], mark }, anchor);
  }

  #keep<Node extends YamlNode>(node: Node, anchor: string | undefined): Node {
    this.#nodes += 1;
    if (this.#nodes > maxNodes) throw new YamlError(`there are more than ${maxNodes} values`, node.mark);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }
}

function describeStart(opened: SequenceNode | MappingNode | undefined): string {
  return opened === undefined ? '' : `; it begins in line ${opened.mark.line}, column ${opened.mark.column}`;
}

function show(token: Token): string {
  if (token.type === 'scalar') return `the text ${JSON.stringify(shorten(token.text))}`;
  return token.type === 'block end' || token.type === 'end of file' ? 'its end' : `"${token.type}"`;
}
