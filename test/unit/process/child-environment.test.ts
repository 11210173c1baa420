import { expect, test } from 'vitest';
import { childEnvironment } from '../../../src/process/child-environment.ts';

test('of the environment of the user only what is listed is passed on; settings win over defaults, and both over it', () => {
  const hostEnvironment = { PATH: '/bin', HOME: '/home/user', LANG: undefined, TZ: 'UTC', SECRET: 'none' };
  const environment = { HOME: '/elsewhere', MODE: 'own' };
  expect(childEnvironment({ hostEnvironment, environment }, { TZ: 'CET', MODE: 'default' })).toEqual({
    PATH: '/bin',
    HOME: '/elsewhere',
    TZ: 'CET',
    MODE: 'own',
  });
});
