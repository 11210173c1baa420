import { expect, test } from 'vitest';
import { pipEnvironment } from '../../../../../src/sps/authoring/python/run-pip.ts';

test("pip gets the user's index, proxies and certificates, and nothing that would change where or how it installs", () => {
  const user = {
    PATH: '/bin',
    HOME: '/users/me',
    PIP_INDEX_URL: 'https://index.example/simple',
    PIP_CONFIG_FILE: '/users/me/pip.conf',
    https_proxy: 'http://proxy.example:3128',
    NO_PROXY: 'localhost',
    SSL_CERT_FILE: '/ca.pem',
    PIP_TARGET: '/elsewhere',
    PIP_USER: '1',
    PIP_QUIET: '3',
    PIP_CACHE_DIR: '/users/me/.cache/pip',
    PYTHONPATH: '/users/me/lib',
    VIRTUAL_ENV: '/users/me/venv',
    TOKEN: 'x',
    GONE: undefined,
  };
  expect(pipEnvironment(user, {})).toEqual({
    PATH: '/bin',
    HOME: '/users/me',
    PIP_INDEX_URL: 'https://index.example/simple',
    PIP_CONFIG_FILE: '/users/me/pip.conf',
    https_proxy: 'http://proxy.example:3128',
    NO_PROXY: 'localhost',
    SSL_CERT_FILE: '/ca.pem',
    PIP_USER: '0',
    PIP_CACHE_DIR: '/users/me/.cache/pip',
    PIP_NO_INPUT: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_PROGRESS_BAR: 'off',
    PYTHONNOUSERSITE: '1',
    PYTHONIOENCODING: 'utf-8',
  });
});

test('the environment of plugin-host.yaml reaches pip as it reaches the plugin, but for what would change how it installs', () => {
  const own = { LD_LIBRARY_PATH: '/opt/python/lib', HOME: '/mine', PIP_TARGET: '/elsewhere', PYTHONNOUSERSITE: '' };
  expect(pipEnvironment({ PATH: '/bin', HOME: '/users/me', PIP_USER: '1' }, own)).toMatchObject({
    LD_LIBRARY_PATH: '/opt/python/lib',
    HOME: '/mine',
    PATH: '/bin',
    PYTHONNOUSERSITE: '1',
  });
  expect(pipEnvironment({}, own)).not.toHaveProperty('PIP_TARGET');
});

test('folders of wheels are those of the folder that the user is in', () => {
  const links = { PIP_FIND_LINKS: 'wheels https://wheels.example/a.html /opt/wheels' };
  expect(pipEnvironment(links, {}, '/work')['PIP_FIND_LINKS']).toBe(
    '/work/wheels https://wheels.example/a.html /opt/wheels',
  );
});
