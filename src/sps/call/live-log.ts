import { MaskedLines } from '../../secrets/masked-lines.ts';
import { collectPluginSecrets, createPluginMasker, type SecretSources } from '../plugin/plugin-secrets.ts';

/** As much as is kept of a log; more would help nobody. */
const mostBytes = 1024 * 1024;

/** Shows what a plugin writes while it runs, without the secrets that are known so far. */
export class LiveLog {
  readonly #lines: MaskedLines;
  readonly #show: (lines: readonly string[]) => void;
  #bytes = 0;

  /** @param known Secrets besides those of the call. */
  constructor(call: SecretSources, known: readonly string[], show: (lines: readonly string[]) => void) {
    const secrets = collectPluginSecrets(call);
    const values = [...new Set([...secrets.values, ...known])];
    this.#lines = new MaskedLines(createPluginMasker(values, secrets.names), values);
    this.#show = show;
  }

  add(bytes: Buffer): void {
    if (this.#bytes > mostBytes) return;
    this.#bytes += bytes.length;
    this.#tell(() => this.#lines.add(bytes));
    if (this.#bytes > mostBytes) this.#show(['[… the log goes on]']);
  }

  end(): void {
    if (this.#bytes <= mostBytes) this.#tell(() => this.#lines.end());
  }

  /** An error here will occur again where the call is shown, and is reported there; the call itself goes on. */
  #tell(take: () => readonly string[]): void {
    let lines: readonly string[] = [];
    try {
      lines = take();
    } catch {
      this.#bytes = Infinity;
    }
    if (lines.length > 0) this.#show(lines);
  }
}
