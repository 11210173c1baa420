import { isJsonObject, type JsonObject } from '../../base/json.ts';

/**
 * Answers that are given for a call win over `key_value_pairs` among its arguments. Those replace all others; where there are none, the call
 * gets the pairs of its connection, over them the answers that the session keeps, over those the fields of the login name, and the given ones last
 * (`callInSession`, `buildKwargs`).
 */
export function withAnswers(overlay: JsonObject, answers: JsonObject): JsonObject {
  const { key_value_pairs: pairs } = overlay;
  return isJsonObject(pairs) ? { ...overlay, key_value_pairs: { ...pairs, ...answers } } : overlay;
}
