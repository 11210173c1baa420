import type { Command, DialogueStep } from '../../../targets/description/target-description.ts';
import type { Exchanged } from './read-turns.ts';
import type { SessionDescription } from './session-description.ts';
import { SessionReader } from './session-reader.ts';

interface Circumstances {
  isTelnet: boolean;
  /** Whether the target closed the line. */
  isEnded: boolean;
}

/**
 * A session as commands at a prompt, with dialogues for what they ask. Where a target that is so described would send anything else than what
 * came, the whole session is one dialogue, echo and prompts included.
 */
export function describeSession(exchanged: readonly Exchanged[], circumstances: Circumstances): SessionDescription {
  const all = withoutTypeAhead(exchanged);
  for (const prompt of promptsOf(all, circumstances.isTelnet)) {
    const read = new SessionReader(prompt, circumstances).read(all);
    if (read !== undefined) return read;
  }
  return literally(exchanged, circumstances);
}

function outputOf({ pieces }: Exchanged): string {
  return pieces.map(({ text }) => text).join('');
}

function lastLineOf(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

/** Of SSH what stands before the first input; after a dialogue to log in, what comes most often, the later the better. */
function promptsOf(exchanged: readonly Exchanged[], isTelnet: boolean): string[] {
  const [first, ...others] = exchanged.map((each) => lastLineOf(outputOf(each)));
  if (!isTelnet) return first === undefined || first === '' ? [] : [first];
  const lasts = [first ?? '', ...others].filter((each) => each.trim() !== '').reverse();
  const count = (prompt: string): number => lasts.filter((each) => each === prompt).length;
  return [...new Set(lasts)].sort((one, other) => count(other) - count(one)).slice(0, 3);
}

/** What was typed before the first prompt came is taken for typed at it. */
function withoutTypeAhead(exchanged: readonly Exchanged[]): Exchanged[] {
  const [first, second, ...rest] = exchanged;
  if (first === undefined || second === undefined || first.pieces.length > 0) return [...exchanged];
  const [piece, ...others] = second.pieces;
  const typed = second.lines[0] ?? '';
  if (piece === undefined) return [...exchanged];
  const at = piece.text.indexOf(`${lastLineOf(outputOf(second))}${typed}\n`);
  const end = at + lastLineOf(outputOf(second)).length;
  if (at === -1) return [...exchanged];
  const later = { ...piece, delay: undefined, text: piece.text.slice(end) };
  return [
    { lines: [], pieces: [{ ...piece, text: piece.text.slice(0, end) }] },
    { lines: second.lines, pieces: [later, ...others] },
    ...rest,
  ];
}

function literally(exchanged: readonly Exchanged[], { isTelnet, isEnded }: Circumstances): SessionDescription {
  const [first, ...others] = exchanged;
  const sends = (each: Exchanged | undefined): DialogueStep[] =>
    (each?.pieces ?? []).map(({ delay, text }) => ({ ...(delay !== undefined && { delay }), send: text }));
  const ending: DialogueStep[] = isEnded ? [{ disconnect: true }] : [];
  const inputs = others.flatMap(({ lines }) => lines);
  const rest = (from: readonly Exchanged[]): DialogueStep[] =>
    from.flatMap((each) => [...each.lines.map((line) => ({ expect: line })), ...sends(each)]);
  if (isTelnet) {
    const login = [...sends(first), ...rest(others), ...ending];
    return { motd: '', prompt: '', echo: false, login, commands: [], asked: inputs.map((input) => ({ input })) };
  }
  const opening = first === undefined ? '' : outputOf(first);
  const prompt = lastLineOf(opening);
  const [command, ...later] = inputs;
  const dialogue = [...rest(others).slice(1), ...ending];
  const only: Command | undefined =
    command === undefined
      ? undefined
      : { command, ...(dialogue.length > 0 && { dialogue }), ...(!isEnded && { hang: true }) };
  return {
    motd: opening.slice(0, opening.length - prompt.length),
    prompt,
    echo: false,
    login: [],
    commands: only === undefined ? [] : [only],
    asked: command === undefined ? [] : [{ command }, ...later.map((input) => ({ input }))],
  };
}
