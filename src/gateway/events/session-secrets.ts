import { type Json, type JsonObject, showJson } from '../../base/json.ts';
import type { Masker } from '../../secrets/masker.ts';
import { parseLoginName } from '../../sps/flow/login-name.ts';
import { collectPluginSecrets, createPluginMasker } from '../../sps/plugin/plugin-secrets.ts';

/** What must not be told of one session. It grows while the session runs, and what is known is masked from then on. */
export class SessionSecrets {
  /** The same list all the time: whoever calls plugins holds it too. */
  readonly values: string[] = [];
  readonly #known = new Set<string>();
  readonly #names = new Set<string>();
  #masker: Masker | undefined;

  add(values: Iterable<string>, names: Iterable<string> = []): void {
    const before = this.#known.size + this.#names.size;
    for (const value of values) {
      if (value === '' || this.#known.has(value)) continue;
      this.#known.add(value);
      this.values.push(value);
    }
    for (const name of names) this.#names.add(name);
    if (this.#known.size + this.#names.size > before) this.#masker = undefined;
  }

  text(text: string): string {
    return this.#current().text(text);
  }

  json<T>(value: T): T {
    return this.#current().json(value as Json) as T;
  }

  #current(): Masker {
    return (this.#masker ??= createPluginMasker(this.#known, [...this.#names]));
  }
}

/** The values of a login name that are secret because of their names. */
export function secretsOfPairs(login: string): string[] {
  const { pairs } = parseLoginName(login, 'ssh');
  return collectPluginSecrets({ kwargs: { key_value_pairs: pairs } }).values;
}

/** A login name without the values of the fields that are secret, however short they are. */
export function maskLogin(login: string, secrets: SessionSecrets): string {
  const fields = login.split('@').map((field) => {
    const [, key, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(field) ?? [];
    if (key === undefined || value === undefined) return field;
    const { key_value_pairs: masked } = secrets.json<{ key_value_pairs: JsonObject }>({
      key_value_pairs: { [key]: value },
    });
    return `${key}=${showJson(Object.values(masked)[0])}`;
  });
  return secrets.text(fields.join('@'));
}
