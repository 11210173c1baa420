import { expect, test } from 'vitest';
import { readUvConnectionFailure, readUvRefused } from '../../../../../src/sps/authoring/python/read-uv-refused.ts';
import { parsePipConfig, translateSettings } from '../../../../../src/sps/authoring/python/uv-settings.ts';

test('uv asks the indexes that pip was configured with', () => {
  const ofPip = {
    ...parsePipConfig([
      "global.index-url='https://index.example/simple'",
      "global.timeout='10'",
      "install.timeout='20'",
      "install.extra-index-url='https://one.example https://two.example'",
      ":env:.no-index='0'",
    ]),
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: '/wheels  https://wheels.example/',
  };
  expect(translateSettings(ofPip, { UV_HTTP_TIMEOUT: '5' })).toEqual({
    options: ['--no-index', '--index-strategy', 'unsafe-best-match', '--compile-bytecode'],
    env: {
      UV_PYTHON_DOWNLOADS: 'never',
      UV_NO_PROGRESS: '1',
      UV_DEFAULT_INDEX: 'https://index.example/simple',
      UV_INDEX: 'https://one.example https://two.example',
      UV_FIND_LINKS: '/wheels,https://wheels.example/',
      UV_HTTP_TIMEOUT: '5',
    },
  });
});

test('without settings of pip, uv has its own', () => {
  expect(translateSettings({}, {}).options).toEqual(['--compile-bytecode']);
});

test.each([
  ['  cause: Because cffi==1.13.2 has no usable wheels and you require cffi==1.13.2, we can conclude that', ['cffi']],
  ['  ╰─▶ Because there is no version of PyYAML==3.12 and you require pyyaml==3.12, we can conclude', ['pyyaml']],
  ['  × No solution found\n  ╰─▶ Because only pip==1 is available', []],
  ['Because six was not found in the provided package locations and you require six==1.12.0', ['six']],
])('uv refuses by name: %s', (text, names) => {
  expect(readUvRefused(text.split('\n'))).toEqual(names);
});

test('an index that uv cannot reach is known as that', () => {
  const lines = ['error: Request failed after 3 retries in 10.6s', '  cause: Failed to fetch: http://127.0.0.1:9/six/'];
  expect(readUvConnectionFailure(lines)).toBe('Failed to fetch: http://127.0.0.1:9/six/');
  expect(readUvConnectionFailure(['error: No solution found'])).toBeUndefined();
});
