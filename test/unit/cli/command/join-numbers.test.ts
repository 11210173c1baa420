import { describe, expect, test } from 'vitest';
import { joinNumbers } from '../../../../src/cli/command/join-numbers.ts';

describe('an option that may have a number', () => {
  test.each([
    [
      ['--debug', 'authenticate'],
      ['--debug=', 'authenticate'],
    ],
    [
      ['authenticate', '--debug'],
      ['authenticate', '--debug='],
    ],
    [
      ['--debug', '5679', 'authenticate'],
      ['--debug=5679', 'authenticate'],
    ],
    [
      ['--debug=5679', 'authenticate'],
      ['--debug=5679', 'authenticate'],
    ],
    [
      ['--slowest', 'tests', '--debug', '0'],
      ['--slowest=', 'tests', '--debug=0'],
    ],
    [
      ['--coverage', '7', '--coverage=lcov.info'],
      ['--coverage=', '7', '--coverage=lcov.info'],
    ],
    [
      ['--set', 'server_port=1', '7'],
      ['--set', 'server_port=1', '7'],
    ],
  ])('in %j does not take what follows for it', (args, joined) => {
    expect(joinNumbers(args)).toEqual(joined);
  });
});
