import { describe, expect, test } from 'vitest';
import { joinDebugPort } from '../../../../../src/cli/sps/commands/debug-options.ts';

describe('--debug', () => {
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
      ['--set', 'server_port=1', '7'],
      ['--set', 'server_port=1', '7'],
    ],
  ])('in %j does not take the hook for its port', (args, joined) => {
    expect(joinDebugPort(args)).toEqual(joined);
  });
});
