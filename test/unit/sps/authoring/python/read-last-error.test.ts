import { describe, expect, test } from 'vitest';
import {
  readConnectionFailure,
  readLastError,
  readRefused,
  readVersions,
} from '../../../../../src/sps/authoring/python/read-last-error.ts';

/** As pip wrote it, long lists shortened. */
const words = {
  'pip 20.0, a constraint': [
    'ERROR: Could not find a version that satisfies the requirement pyyaml==5.3.1 (from -c c.txt (line 1)) (from versions: 5.4b1, 5.4, 6.0.3)',
    'ERROR: No matching distribution found for pyyaml==5.3.1 (from -c c.txt (line 1))',
  ],
  'pip 20.3, a constraint': [
    'ERROR: Could not find a version that satisfies the requirement PyYAML',
    'ERROR: No matching distribution found for PyYAML',
  ],
  'pip 20.3, a dependency': [
    'Collecting cryptography==2.7',
    'ERROR: Could not find a version that satisfies the requirement cffi!=1.11.3,>=1.8 (from cryptography)',
    'ERROR: No matching distribution found for cffi!=1.11.3,>=1.8',
  ],
  'pip 23.0, a constraint': [
    'ERROR: Cannot install PyYAML because these package versions have conflicting dependencies.',
    '',
    'The conflict is caused by:',
    '    The user requested PyYAML',
    '    The user requested (constraint) pyyaml==5.3.1',
    '',
    'To fix this you could try to:',
    "1. loosen the range of package versions you've specified",
    '2. remove package versions to allow pip attempt to solve the dependency conflict',
    '',
    'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts',
  ],
  'pip 24.2, a dependency': [
    'Collecting six>=1.4.1 (from cryptography==2.7)',
    'INFO: pip is looking at multiple versions of cryptography to determine which version is compatible with other requirements. This could take a while.',
    'ERROR: Cannot install cryptography==2.7 because these package versions have conflicting dependencies.',
    '',
    'The conflict is caused by:',
    '    cryptography 2.7 depends on cffi!=1.11.3 and >=1.8',
    '    The user requested (constraint) cffi==1.12.3',
    '',
    'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts',
  ],
  'pip 26, a dependency': [
    'The conflict is caused by:',
    '    cryptography 2.7 depends on cffi!=1.11.3 and >=1.8',
    '    The user requested (constraint) cffi==1.12.3',
    '',
    'Additionally, some packages in these conflicts have no matching distributions available for your environment:',
    '    cffi',
    '',
    'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts',
  ],
};

const unknownVersion = [
  'ERROR: Could not find a version that satisfies the requirement oneidentity-safeguard-sessions-plugin-sdk==0 (from versions: 1.1.7, 1.8.4, 1.9.0, 1.9.1)',
  'ERROR: No matching distribution found for oneidentity-safeguard-sessions-plugin-sdk==0',
];

const onlySources = [
  'ERROR: Could not find a version that satisfies the requirement python-ldap (from versions: none)',
  'ERROR: No matching distribution found for python-ldap',
];

describe('a set that pip refuses', () => {
  test.each([
    { said: 'pip 20.0, a constraint', names: ['pyyaml'] },
    { said: 'pip 20.3, a constraint', names: ['pyyaml'] },
    { said: 'pip 20.3, a dependency', names: ['cffi'] },
    { said: 'pip 23.0, a constraint', names: ['pyyaml'] },
    { said: 'pip 24.2, a dependency', names: ['cffi'] },
    { said: 'pip 26, a dependency', names: ['cffi'] },
  ] as const)('names what stands in the way: $said', ({ said, names }) => {
    expect(readRefused(words[said])).toEqual(names);
    expect(readConnectionFailure(words[said])).toBeUndefined();
  });

  test('names nothing when the disk is full', () => {
    const lines = ['ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device'];
    expect(readRefused(lines)).toEqual([]);
    expect(readLastError(lines)).toBe(
      'Could not install packages due to an OSError: [Errno 28] No space left on device',
    );
  });
});

describe('the versions that pip knows', () => {
  test.each([
    { what: 'those of an unknown one', lines: unknownVersion, versions: ['1.1.7', '1.8.4', '1.9.0', '1.9.1'] },
    { what: 'none of a package that has only sources', lines: onlySources, versions: [] },
    { what: 'unsaid by pip 20.3', lines: words['pip 20.3, a constraint'], versions: undefined },
    {
      what: 'beside the place of a constraint',
      lines: words['pip 20.0, a constraint'],
      versions: ['5.4b1', '5.4', '6.0.3'],
    },
  ])('are $what', ({ lines, versions }) => {
    expect(readVersions(lines)).toEqual(versions);
  });
});

describe('an index that cannot be reached', () => {
  test.each([
    {
      what: 'pip 23, refused',
      line: "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPConnection object at 0x7f37d1291c40>: Failed to establish a new connection: [Errno 111] Connection refused')': /sdk/",
      failure: 'Failed to establish a new connection: [Errno 111] Connection refused',
    },
    {
      what: 'pip 23, proxy',
      line: "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'ProxyError('Cannot connect to proxy.', NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f6862db6c70>: Failed to establish a new connection: [Errno 111] Connection refused'))': /simple/sdk/",
      failure: 'Failed to establish a new connection: [Errno 111] Connection refused',
    },
    {
      what: 'pip 26, no such name',
      line: "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NameResolutionError(\"HTTPSConnection(host='nowhere.invalid', port=443): Failed to resolve 'nowhere.invalid' ([Errno -2] Name or service not known)\")': /simple/sdk/",
      failure: "Failed to resolve 'nowhere.invalid' ([Errno -2] Name or service not known)",
    },
  ])('is told from a missing version: $what', ({ line, failure }) => {
    const lines = [line, ...unknownVersion.map((each) => each.replace(/versions: .*\)/, 'versions: none)'))];
    expect(readConnectionFailure(lines)).toBe(failure);
  });

  test('is not what a missing wheel is', () => {
    expect(readConnectionFailure(onlySources)).toBeUndefined();
  });
});

test('the last error is the telling one', () => {
  expect(readLastError(words['pip 23.0, a constraint'])).toBe(
    'Cannot install PyYAML because these package versions have conflicting dependencies.',
  );
  expect(readLastError(["ModuleNotFoundError: No module named 'pip'"])).toBe(
    "ModuleNotFoundError: No module named 'pip'",
  );
  expect(readLastError([])).toBe('it said nothing');
});
