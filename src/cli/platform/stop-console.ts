import type { Json } from '../../base/json.ts';
import type { Script } from '../../platform/script/script.ts';
import { listVariables } from '../../platform/stepping/list-variables.ts';
import { parseCommand, type StopCommand } from '../../platform/stepping/parse-command.ts';
import { setVariable } from '../../platform/stepping/set-variable.ts';
import { type Refusal, type Shown, showExpression } from '../../platform/stepping/show-expression.ts';
import type { Resumption, Stop } from '../../platform/stepping/stop.ts';
import { CommandPrompt } from '../terminal/command-prompt.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { renderCalls, renderSource, renderStop, type SourceView } from './render-stop.ts';

const brief = 'n next  s into  o out  c on  p EXPR  set NAME=VALUE  v variables  w where  l source  q quit';

const help = `  n               the next step of this function
  s               the next step, also in what is called
  o               out of this function
  c               on, to the next breakpoint
  p EXPR          the value of an expression, which may change variables as one of the script may
  set NAME=VALUE  gives a variable the text, read as the type that it has
  v               all variables
  w, bt           where the run is: the functions around the step
  l               the script around the step, and on
  q               ends the run
  h               this list
  Enter           the last command again`;

/** Lines of the script at one time. */
const listed = 11;

/** Shows where a run has stopped, and does what is typed until it is to go on. */
export class StopConsole {
  readonly #terminal: Terminal;
  readonly #source: { script: Script; file: string };
  readonly #prompt: CommandPrompt;
  #last: StopCommand = { kind: 'nothing' };
  #isFirst = true;
  /** Where `l` goes on. */
  #nextLine: number | undefined;

  constructor(terminal: Terminal, source: { script: Script; file: string }) {
    this.#terminal = terminal;
    this.#source = source;
    this.#prompt = new CommandPrompt(terminal, 'break> ');
  }

  async look(stop: Stop): Promise<Resumption> {
    const { say, paintError: paint } = this.#terminal;
    this.#nextLine = undefined;
    say(renderStop(stop, this.#viewOf(stop)));
    if (this.#isFirst) say(paint('dim', `${brief}; the deadline is off meanwhile`));
    this.#isFirst = false;
    for (;;) {
      const line = await this.#prompt.ask();
      if (line === null) return 'quit';
      const typed = parseCommand(line);
      if (typed.kind !== 'nothing') this.#last = typed;
      const command = this.#last;
      if (command.kind === 'resume') return command.how;
      const shown = this.#do(command, stop);
      if (shown !== '') say(shown);
    }
  }

  #do(command: Exclude<StopCommand, { kind: 'resume' }>, stop: Stop): string {
    const { paintError: paint } = this.#terminal;
    const { active } = stop;
    switch (command.kind) {
      case 'print':
        return this.#renderShown(showExpression(active, command.expression));
      case 'set':
        return this.#renderShown(setVariable(active, command.name, command.value), `${command.name} = `);
      case 'variables':
        return listVariables(active)
          .map(({ name, value }) => this.#cut(`  ${sanitize(name)} = ${renderValue(value)}`))
          .join('\n');
      case 'calls':
        return renderCalls(stop, this.#viewOf(stop));
      case 'source':
        return this.#list(stop);
      case 'help':
        return help;
      case 'wrong':
        return paint('yellow', sanitize(command.message));
      case 'nothing':
        return '';
    }
  }

  #list(stop: Stop): string {
    const { step, call } = stop.active;
    if (call.callable.library !== undefined) return `The step stands in the library ${call.callable.library}.`;
    const view = this.#viewOf(stop);
    const at = view.script.lines.lineOf(step.start);
    const first = Math.max(1, this.#nextLine ?? at - Math.floor(listed / 2));
    this.#nextLine = first + listed;
    return renderSource(first, listed, at, view) || 'That is all.';
  }

  #renderShown(shown: Shown | Refusal, before = ''): string {
    const { paintError: paint } = this.#terminal;
    if ('code' in shown) return `${paint('red', shown.code)}  ${sanitize(shown.message)}`;
    const notes = shown.notes.map((note) => paint('yellow', `  ${sanitize(note)}`));
    return [`${sanitize(before)}${renderValue(shown.value)}`, ...notes].join('\n');
  }

  #viewOf({ active }: Stop): SourceView {
    const { paintError: paint } = this.#terminal;
    return { ...this.#source, mask: (text) => active.run.secrets.mask(text), paint, columns: columns() };
  }

  #cut(line: string): string {
    return line.length < columns() ? line : `${line.slice(0, columns() - 2)}…`;
  }
}

/** Texts in quotes, so that blanks and line ends are seen. */
function renderValue(value: Json): string {
  return sanitize(JSON.stringify(value));
}

function columns(): number {
  return process.stderr.columns || 80;
}
