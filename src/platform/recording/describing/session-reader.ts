import type { Command, DialogueStep } from '../../../targets/description/target-description.ts';
import type { Exchanged, Piece } from './read-turns.ts';
import type { Asked, SessionDescription } from './session-description.ts';

/** A target would not send what came. */
class Unlike extends Error {}

/** A command that has begun. */
interface Open {
  command: string;
  steps: DialogueStep[];
  /** What came last, before which something was asked. */
  pieces: Piece[];
}

/** Reads a session as a shell with a prompt, exactly as a simulated one would answer. */
export class SessionReader {
  readonly #prompt: string;
  readonly #isTelnet: boolean;
  readonly #isEnded: boolean;
  readonly #commands: Command[] = [];
  readonly #asked: Asked[] = [];
  #login: Open | undefined;
  #motd = '';
  #open: Open | undefined;
  #isEchoing = true;

  constructor(prompt: string, { isTelnet, isEnded }: { isTelnet: boolean; isEnded: boolean }) {
    this.#prompt = prompt;
    this.#isTelnet = isTelnet;
    this.#isEnded = isEnded;
  }

  /** Undefined when a target that is so described would send anything else. */
  read([first, ...others]: readonly Exchanged[]): SessionDescription | undefined {
    try {
      this.#begin(first?.pieces ?? []);
      for (const each of others) this.#exchange(each);
      this.#end();
    } catch (error) {
      if (error instanceof Unlike) return undefined;
      throw error;
    }
    const login = this.#login === undefined ? [] : this.#login.steps;
    return {
      motd: this.#motd,
      prompt: this.#prompt,
      echo: true,
      login,
      commands: this.#commands,
      asked: this.#asked,
    };
  }

  #begin(pieces: readonly Piece[]): void {
    if (this.#endsWithPrompt(pieces)) this.#motd = textOf(this.#withoutPrompt(pieces));
    else if (this.#isTelnet) this.#login = this.#open = { command: '', steps: [], pieces: [...pieces] };
    else throw new Unlike();
    if (this.#motd !== '' && !this.#motd.endsWith('\n')) throw new Unlike();
  }

  #exchange({ lines, pieces }: Exchanged): void {
    const [first = { delay: undefined, text: '' }, ...others] = pieces;
    let rest = first.text;
    const isUntaken = pieces.length === 0;
    for (const [index, line] of lines.entries()) {
      const isTyped = !isUntaken && this.#isEchoing;
      const isHidden = !isUntaken && this.#open !== undefined && !rest.startsWith(`${line}\n`) && rest.startsWith('\n');
      this.#say(line, isHidden);
      if (isHidden) rest = rest.slice(1);
      else if (isTyped) rest = after(rest, `${line}\n`);
      this.#setEcho(line);
      const next = lines[index + 1];
      if (next === undefined || isUntaken) continue;
      const at = rest.indexOf(`${this.#prompt}${this.#isEchoing ? `${next}\n` : ''}`);
      if (at === -1) throw new Unlike();
      this.#come([{ delay: index === 0 ? first.delay : undefined, text: rest.slice(0, at + this.#prompt.length) }]);
      rest = rest.slice(at + this.#prompt.length);
    }
    if (!isUntaken) this.#come([{ delay: lines.length > 1 ? undefined : first.delay, text: rest }, ...others]);
  }

  #say(line: string, isHidden: boolean): void {
    const open = this.#open;
    if (open === undefined) {
      if (line.trim() === '' || line !== line.trim()) throw new Unlike();
      this.#open = { command: line, steps: [], pieces: [] };
      this.#asked.push({ command: line });
      return;
    }
    const head = open.pieces.slice(0, -1);
    const { delay, text } = open.pieces.at(-1) ?? { delay: undefined, text: '' };
    const cut = text.lastIndexOf('\n') + 1;
    open.steps.push(...head.map(sendOf), {
      ...(delay !== undefined && { delay }),
      ...(cut > 0 && { send: text.slice(0, cut) }),
      ...(cut < text.length && { prompt: text.slice(cut) }),
      expect: line,
      ...(isHidden && { hidden: true }),
    });
    open.pieces = [];
    this.#asked.push({ input: line });
  }

  #come(pieces: readonly Piece[]): void {
    const open = this.#open;
    if (open === undefined) throw new Unlike();
    open.pieces.push(...pieces.filter(({ text, delay }) => text !== '' || delay !== undefined));
    if (this.#endsWithPrompt(open.pieces)) this.#finish(open, this.#withoutPrompt(open.pieces));
  }

  #finish(open: Open, pieces: readonly Piece[], ending: Pick<Command, 'hang' | 'disconnect'> = {}): void {
    this.#open = undefined;
    if (open === this.#login) {
      // What a target sends of its own begins a line.
      open.steps.push(...pieces.map(sendOf));
      return;
    }
    const [only, ...others] = pieces;
    const isPlain = open.steps.length === 0 && others.length === 0 && (only === undefined || only.text.endsWith('\n'));
    const dialogue = [...open.steps, ...pieces.map(sendOf)];
    if (isPlain) {
      const { delay, text = '' } = only ?? {};
      this.#commands.push({
        command: open.command,
        ...(text !== '' && { output: text }),
        ...(delay !== undefined && { delay }),
        ...ending,
      });
    } else this.#commands.push({ command: open.command, dialogue, ...ending });
  }

  #end(): void {
    const open = this.#open;
    if (open === undefined) return;
    const isLeaving = /^(?:exit|logout)(?:\s+\d{1,3})?$/.test(open.command);
    const isSilent = open.steps.length === 0 && open.pieces.length === 0;
    if (isLeaving && isSilent && open !== this.#login) return;
    if (open === this.#login && this.#isEnded)
      open.steps.push(...open.pieces.splice(0).map(sendOf), { disconnect: true });
    this.#finish(open, open.pieces, this.#isEnded ? { disconnect: true } : isSilent ? {} : { hang: true });
  }

  /** As a simulated shell does. */
  #setEcho(line: string): void {
    const [, sign] = /\bstty\b[^;&|]*\s(-?)echo(?![\w-])/.exec(line) ?? [];
    if (sign !== undefined && this.#asked.at(-1) !== undefined && 'command' in (this.#asked.at(-1) ?? {}))
      this.#isEchoing = sign === '';
  }

  #endsWithPrompt(pieces: readonly Piece[]): boolean {
    return this.#prompt !== '' && (pieces.at(-1)?.text.endsWith(this.#prompt) ?? false);
  }

  #withoutPrompt(pieces: readonly Piece[]): Piece[] {
    const last = pieces.at(-1);
    if (last === undefined) return [];
    const text = last.text.slice(0, last.text.length - this.#prompt.length);
    const isEmpty = text === '' && last.delay === undefined;
    return [...pieces.slice(0, -1), ...(isEmpty ? [] : [{ ...last, text }])];
  }
}

function sendOf({ delay, text }: Piece): DialogueStep {
  return { ...(delay !== undefined && { delay }), ...(text !== '' && { send: text }) };
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** @throws Unlike */
function after(text: string, start: string): string {
  if (!text.startsWith(start)) throw new Unlike();
  return text.slice(start.length);
}
