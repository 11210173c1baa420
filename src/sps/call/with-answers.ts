import { isJsonObject, type JsonObject } from '../../base/json.ts';

/** Answers win over `key_value_pairs` in the given arguments. If none are given, a call takes its answers from the session. */
export function withAnswers(overlay: JsonObject, answers: JsonObject): JsonObject {
  const { key_value_pairs: pairs } = overlay;
  return isJsonObject(pairs) ? { ...overlay, key_value_pairs: { ...pairs, ...answers } } : overlay;
}
