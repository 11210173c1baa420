import { describe, expect, test } from 'vitest';
import {
  describeDifferences,
  groupsOf,
  normalizeName,
  pinnedWith,
  readPins,
  rootsOf,
} from '../../../../../src/sps/authoring/python/pins.ts';

/** Of old and of new releases, in the three ways in which their metadata are written. */
const old = readPins([
  'chardet (==3.0.4)',
  'cffi ==1.15.1',
  'requests (==2.18.4)',
  'urllib3 (==1.22)',
  'pyopenssl (==17.5.0)',
  'cryptography (==2.7)',
  'pycparser (==2.19)',
  'asn1crypto (==1.0.1)',
  'six (==1.12.0)',
  'python-ldap (==3.0.0)',
  'pytest (==5.2.1)',
  'attrs (==19.2.0)',
  'redis (==3.3.8)',
]);
const recent = readPins([
  'requests==2.31.0',
  'charset-normalizer==3.4.3',
  'pyyaml==6.0.1',
  'pytest==8.4.2',
  'redis==6.4.0',
  'python-ldap==3.4.4',
]);

describe('pins', () => {
  test('are read from metadata old and new', () => {
    expect([...old].slice(0, 3)).toEqual([
      ['chardet', '3.0.4'],
      ['cffi', '1.15.1'],
      ['requests', '2.18.4'],
    ]);
    expect(recent.get('charset-normalizer')).toBe('3.4.3');
  });

  test('are exact versions without conditions, nothing else', () => {
    expect([...readPins(['a>=1', 'b==1 ; python_version < "3.8"', 'c', 'D_e.f==1.0'])]).toEqual([['d-e-f', '1.0']]);
  });

  test('go by normalized names', () => {
    expect(normalizeName('Semantic_Version')).toBe('semantic-version');
  });
});

describe('what is asked of pip', () => {
  test('is what hooks import, not what comes with it, and neither redis nor python-ldap', () => {
    expect(rootsOf(groupsOf(old, false), old)).toEqual([
      'chardet',
      'six',
      'requests',
      'urllib3',
      'pyopenssl',
      'cryptography',
      'cffi',
    ]);
    expect(rootsOf(groupsOf(recent, false), recent)).toEqual(['charset-normalizer', 'requests', 'pyyaml']);
  });

  test('with tests is their packages too', () => {
    expect(rootsOf(groupsOf(recent, true), recent)).toEqual([
      'charset-normalizer',
      'requests',
      'pyyaml',
      'pytest',
      'redis',
    ]);
  });
});

test('what stands or falls together is released together, the tests with all that nothing else needs', () => {
  const groups = groupsOf(old, true);
  const namesOf = (name: string): string[] =>
    groups.filter(({ names }) => names.includes(name)).flatMap((group) => pinnedWith(group, old));
  expect(namesOf('requests')).toEqual(['requests', 'urllib3']);
  expect(namesOf('pyopenssl')).toEqual(['pyopenssl', 'cryptography', 'cffi', 'pycparser', 'asn1crypto']);
  expect(namesOf('pytest')).toEqual(['pytest', 'attrs', 'redis']);
});

test('differences are told with their reason, those with the same in one line', () => {
  const installed = { chardet: '3.0.4', requests: '2.32.5', urllib3: '2.8.0', cffi: '2.1.1', typing_extensions: '4.1' };
  const reasons = new Map([
    ['requests', 'broken'],
    ['urllib3', 'broken'],
    ['cffi', 'no wheel'],
  ]);
  expect(describeDifferences(old, installed, reasons)).toEqual([
    'requests 2.32.5 instead of 2.18.4, urllib3 2.8.0 instead of 1.22: broken',
    'cffi 2.1.1 instead of 1.15.1: no wheel',
  ]);
});
