import { substitute } from '../../targets/description/substitute.ts';
import { describeAnswer } from '../../targets/recording/describe-answer.ts';
import { playAnswer } from '../../targets/recording/play-answer.ts';
import type { Material } from './describing/recorded-target.ts';
import type { RecordedCall } from './observing/recorded-call.ts';

/** The same calls as a target would answer them that knows the stand-ins alone. */
export function playCalls(
  calls: readonly RecordedCall[],
  { templater, values, scriptText }: Pick<Material, 'templater' | 'values' | 'scriptText'>,
): RecordedCall[] {
  const exchange = (text: Buffer): Buffer => Buffer.from(substitute(templater.text(text.toString()), values));
  return calls.map((call): RecordedCall => {
    switch (call.kind) {
      case 'request':
        if (call.result === undefined) return call;
        return { ...call, result: playAnswer(describeAnswer(call, templater, scriptText), values) };
      case 'command': {
        const { result } = call;
        if (result === undefined) return call;
        return { ...call, result: { ...result, stdout: exchange(result.stdout), stderr: exchange(result.stderr) } };
      }
      case 'shell':
      case 'telnet':
        return {
          ...call,
          turns: call.turns.map((turn) => ({ ...turn, output: turn.output && exchange(turn.output) })),
        };
      default:
        return call;
    }
  });
}
