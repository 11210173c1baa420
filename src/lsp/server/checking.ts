import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

interface Checks {
  /** As it is now; undefined once it is closed. */
  documentOf: (uri: string) => TextDocument | undefined;
  check: (document: TextDocument) => Promise<Diagnostic[]>;
  publish: (uri: string, version: number, diagnostics: Diagnostic[]) => void;
  onDefect: (error: unknown) => void;
}

/** Nobody reads problems between two keys that are pressed. */
const pauseMs = 150;

/** Checks documents, each once its author pauses; what was found in an older text is dropped. */
export class Checking {
  readonly #checks: Checks;
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(checks: Checks) {
    this.#checks = checks;
  }

  schedule(uri: string): void {
    this.cancel(uri);
    this.#waiting.set(
      uri,
      setTimeout(() => {
        this.#waiting.delete(uri);
        void this.#run(uri);
      }, pauseMs),
    );
  }

  cancel(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
  }

  close(): void {
    for (const uri of this.#waiting.keys()) this.cancel(uri);
  }

  async #run(uri: string): Promise<void> {
    const document = this.#checks.documentOf(uri);
    if (document === undefined) return;
    const { version } = document;
    try {
      const diagnostics = await this.#checks.check(document);
      if (this.#checks.documentOf(uri) !== document || document.version !== version) return; // a later check tells
      this.#checks.publish(uri, version, diagnostics);
    } catch (error) {
      this.#checks.onDefect(error);
    }
  }
}
