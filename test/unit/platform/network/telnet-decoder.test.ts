import { describe, expect, test } from 'vitest';
import { TelnetDecoder } from '../../../../src/platform/network/telnet-decoder.ts';

const [SE, SB, WILL, WONT, DO, DONT, IAC] = [240, 250, 251, 252, 253, 254, 255] as const;
const [ECHO, GO_AHEAD, TYPE, NAWS, LINEMODE] = [1, 3, 24, 31, 34] as const;

/** What comes out, and what is answered; each list is one piece as it comes. */
function decode(...pieces: number[][]): { data: number[]; answers: number[] } {
  const answers: number[] = [];
  const decoder = new TelnetDecoder({ type: 'dumb', columns: 1000, rows: 24 }, (bytes) => answers.push(...bytes));
  const data = pieces.flatMap((piece) => [...decoder.decode(Buffer.from(piece))]);
  return { data, answers };
}

const bytesOf = (text: string): number[] => [...Buffer.from(text)];

describe('data', () => {
  test.each<[string, number[], number[]]>([
    ['passes', bytesOf('login: '), bytesOf('login: ')],
    ['has two bytes of the command for one of its own', [97, IAC, IAC, 98], [97, IAC, 98]],
    ['has no null behind a carriage return', [97, 13, 0, 98], [97, 13, 98]],
    ['keeps other nulls and line ends', [0, 13, 10, 0], [0, 13, 10, 0]],
    ['has no commands of two bytes', [97, IAC, 241, 98, IAC, 249, 99], [97, 98, 99]],
    ['has no subnegotiation', [97, IAC, SB, LINEMODE, 1, 2, IAC, SE, 98], [97, 98]],
    ['has none with the command byte in it', [97, IAC, SB, LINEMODE, IAC, IAC, SE, IAC, SE, 98], [97, 98]],
  ])('%s', (_, given, data) => {
    expect(decode(given).data).toEqual(data);
    expect(decode(...given.map((byte) => [byte])).data, 'byte by byte').toEqual(data);
  });

  test('has no subnegotiation without end, which takes no memory either', () => {
    expect(decode([97, IAC, SB, TYPE], Array<number>(100_000).fill(1)).data).toEqual([97]);
  });
});

describe('an option', () => {
  test.each<[string, number[], number[]]>([
    ['of a terminal is agreed to', [IAC, WILL, ECHO, IAC, WILL, GO_AHEAD], [IAC, DO, ECHO, IAC, DO, GO_AHEAD]],
    ['of ours is agreed to', [IAC, DO, TYPE], [IAC, WILL, TYPE]],
    ['that we have not is refused', [IAC, DO, LINEMODE, IAC, DO, ECHO], [IAC, WONT, LINEMODE, IAC, WONT, ECHO]],
    ['that we do not want is refused', [IAC, WILL, LINEMODE], [IAC, DONT, LINEMODE]],
    ['is not answered twice', [IAC, WILL, ECHO, IAC, WILL, ECHO], [IAC, DO, ECHO]],
    ['that ends may begin again', [IAC, WILL, ECHO, IAC, WONT, ECHO, IAC, WILL, ECHO], [IAC, DO, ECHO, IAC, DO, ECHO]],
    ['that ends is not answered', [IAC, WONT, LINEMODE, IAC, DONT, LINEMODE], []],
    ['of the size sends it', [IAC, DO, NAWS], [IAC, WILL, NAWS, IAC, SB, NAWS, 3, 232, 0, 24, IAC, SE]],
    ['of the type sends it when asked', [IAC, SB, TYPE, 1, IAC, SE], [IAC, SB, TYPE, 0, ...bytesOf('dumb'), IAC, SE]],
    ['of the type is not sent for another question', [IAC, SB, TYPE, 0, 120, IAC, SE], []],
  ])('%s', (_, given, answers) => {
    expect(decode(given)).toEqual({ data: [], answers });
  });

  test('of the size has its command bytes doubled', () => {
    const answers: number[] = [];
    const decoder = new TelnetDecoder({ type: 'dumb', columns: 255, rows: 24 }, (bytes) => answers.push(...bytes));
    decoder.decode(Buffer.from([IAC, DO, NAWS]));
    expect(answers.slice(3)).toEqual([IAC, SB, NAWS, 0, IAC, IAC, 0, 24, IAC, SE]);
  });
});
