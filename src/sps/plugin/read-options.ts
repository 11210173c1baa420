export interface Option {
  section: string;
  /** In lower case. */
  name: string;
  value: string;
}

/** Options as Python's ConfigParser reads them. Faulty text is read too, because text that the plugin refuses may still be shown. */
export function readOptions(configuration: string): Option[] {
  const options: { section: string; name: string; lines: string[]; indent: number }[] = [];
  let section = '';
  for (const line of configuration.split('\n')) {
    const text = line.trim();
    if (text.startsWith('#') || text.startsWith(';')) continue;
    const indent = line.length - line.trimStart().length;
    const last = options.at(-1);
    if (last?.section === section && (text === '' || indent > last.indent)) {
      last.lines.push(text);
      continue;
    }
    const header = /^\[(.+)\]/.exec(text)?.[1];
    const sign = text.search(/[=:]/);
    if (header !== undefined) section = header;
    else if (sign >= 0) {
      const name = text.slice(0, sign).trimEnd().toLowerCase();
      options.push({ section, name, lines: [text.slice(sign + 1)], indent });
    }
  }
  return options.map(({ section, name, lines }) => ({ section, name, value: lines.join('\n').trim() }));
}

/** The depth at which ConfigParser gives up: the option cannot be read. Source: Python 3, configparser.MAX_INTERPOLATION_DEPTH. */
const deepest = 10;
/** Limits of the work. */
interface Budget {
  characters: number;
  references: number;
}

/** No option of a working plugin is so long or refers to so many others; ten options that refer to each other ten times would take for ever. */
const ofOne: Budget = { characters: 512 * 1024, references: 2000 };
/** Of all options together. */
const ofAll: Budget = { characters: 64 * 1024 * 1024, references: 200_000 };

class Unreadable extends Error {}

/** Gives the values of options as ConfigParser does: `%%` is a percent sign, `%(name)s` another option. */
export class Interpolation {
  readonly #named = new Map<string, Option>();
  #left = ofAll;

  constructor(options: readonly Option[]) {
    for (const option of options) {
      const key = keyOf(option.section, option.name);
      if (!this.#named.has(key)) this.#named.set(key, option);
    }
  }

  /** The text as it is written, where ConfigParser cannot read it or where it would become too long. */
  valueOf(option: Option): string {
    if (!option.value.includes('%')) return option.value;
    const given = {
      characters: Math.min(ofOne.characters, this.#left.characters),
      references: Math.min(ofOne.references, this.#left.references),
    };
    const budget = { ...given };
    try {
      return this.#expand(option, 1, budget);
    } catch (failure) {
      if (!(failure instanceof Unreadable)) throw failure;
      return option.value;
    } finally {
      this.#left = {
        characters: this.#left.characters - Math.max(given.characters - budget.characters, 0),
        references: this.#left.references - Math.max(given.references - budget.references, 0),
      };
    }
  }

  #expand({ section, value }: Option, depth: number, budget: Budget): string {
    if (!value.includes('%')) {
      spend(budget, value.length);
      return value;
    }
    if (depth > deepest) throw new Unreadable('nested too deep');
    const parts: string[] = [];
    let done = 0;
    let close = 0;
    const take = (end: number, part: string, rest: number): void => {
      parts.push(value.slice(done, end), part);
      spend(budget, end - done + part.length);
      done = rest;
    };
    let next = 0;
    for (let at = value.indexOf('%'); at >= 0; at = value.indexOf('%', next)) {
      next = at + 1;
      if (value[next] === '%') {
        next = at + 2;
        take(at, '%', next);
        continue;
      }
      if (value[at + 1] !== '(' || close < 0) continue;
      if (close < at + 2) close = value.indexOf(')', at + 2);
      if (close <= at + 2 || value[close + 1] !== 's') continue;
      const meant = this.#find(section, value.slice(at + 2, close).toLowerCase());
      next = close + 2;
      if (meant === undefined) continue;
      spend(budget, 0, 1);
      take(at, this.#expand(meant, depth + 1, budget), next);
    }
    take(value.length, '', value.length);
    return parts.join('');
  }

  #find(section: string, name: string): Option | undefined {
    return this.#named.get(keyOf(section, name)) ?? this.#named.get(keyOf('DEFAULT', name));
  }
}

function spend(budget: Budget, characters: number, references = 0): void {
  budget.characters -= characters;
  budget.references -= references;
  if (budget.characters < 0 || budget.references < 0) throw new Unreadable('more than is meant');
}

function keyOf(section: string, name: string): string {
  return JSON.stringify([section, name]);
}
