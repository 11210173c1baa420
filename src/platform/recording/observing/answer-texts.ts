import { decodeBody } from '../../../targets/recording/decode-body.ts';
import type { RecordedCall } from './recorded-call.ts';

/** All texts that the targets gave, in order: bodies, headers, output. */
export function answerTexts(calls: readonly RecordedCall[]): string[] {
  return calls.flatMap((call): string[] => {
    switch (call.kind) {
      case 'request':
        return call.result === undefined
          ? []
          : [decodeBody(call.result), ...call.result.headers.map(([, value]) => value)];
      case 'command':
        return call.result === undefined ? [] : [call.result.stdout.toString(), call.result.stderr.toString()];
      case 'shell':
      case 'telnet':
        // A secret may be cut by two turns.
        return [call.turns.map(({ output }) => output?.toString() ?? '').join('')];
      default:
        return [];
    }
  });
}
