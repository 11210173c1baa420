/** A place in a text; both from 1. */
export interface Mark {
  line: number;
  column: number;
}

/** The vendor's YAML parser does not accept the text. Stays inside this folder: callers get a `Problem`. */
export class YamlError extends Error {
  readonly mark: Mark;

  constructor(message: string, mark: Mark) {
    super(message);
    this.mark = mark;
  }
}
