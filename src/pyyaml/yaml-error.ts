/** A place in a text; both from 1. */
export interface Mark {
  line: number;
  column: number;
}

/** The text is not what the vendor's YAML parser takes. Stays inside this folder: callers get a `Problem`. */
export class YamlError extends Error {
  readonly mark: Mark;

  constructor(message: string, mark: Mark) {
    super(message);
    this.mark = mark;
  }
}
