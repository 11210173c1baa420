import { readFileSync } from 'node:fs';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { describeFileFault } from '../../documents/describe-file-fault.ts';
import type { KvGroup } from '../format/kv-group.ts';
import { MessageStream } from '../reading/message-stream.ts';
import { parseMessage } from '../reading/parse-message.ts';

/**
 * The messages of a text, one after the other.
 * @param name Of the file, for messages.
 * @throws PluginHostError KVGROUP_INVALID, with all errors
 */
export function readMessages(bytes: Uint8Array, name: string, { mayBeEmpty = false } = {}): KvGroup[] {
  const single = parseMessage(bytes);
  if (single.root !== undefined) return [single.root];
  const stream = new MessageStream();
  const messages = [...stream.push(bytes), ...stream.finish()];
  const errors = messages.flatMap(({ diagnostics }) => diagnostics.filter(({ level }) => level === 'error'));
  if (errors.length === 0 && (messages.length > 0 || mayBeEmpty)) return messages.flatMap(({ root }) => root ?? []);
  const lines = errors.map(({ line, column, code, message }) => `${name}:${line}:${column}: ${code} ${message}`);
  throw new PluginHostError('KVGROUP_INVALID', lines.join('\n') || `${name}: no KVGroup in it`, {
    hint: errors.find(({ hint }) => hint !== undefined)?.hint ?? 'Expected: "" "" = { "key" = "value" }.',
  });
}

/** @throws PluginHostError FILE_NOT_FOUND */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new PluginHostError('FILE_NOT_FOUND', `${file}: ${describeFileFault(cause)}`, {
      hint: 'Name a readable file.',
      cause,
    });
  }
}
