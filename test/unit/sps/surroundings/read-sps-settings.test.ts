import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PluginHostError } from '../../../../src/base/plugin-host-error.ts';
import { projectSchema } from '../../../../src/cli/project-schema.ts';
import { projectKeys } from '../../../../src/project/project-keys.ts';
import { readProjectFile } from '../../../../src/project/read-project-file.ts';
import { spsPart } from '../../../../src/sps/surroundings/read-sps-settings.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string): unknown {
  const file = path.join(folder, 'plugin-host.yaml');
  writeFileSync(file, text);
  const { common, part } = readProjectFile(file, spsPart);
  return { ...common, ...part };
}

/** With the folder of the test as FOLDER. */
function problemsOf(text: string): string {
  try {
    read(text);
    return '';
  } catch (error) {
    return (error as Error).message.replaceAll(folder, 'FOLDER');
  }
}

test('the examples of the README are valid', () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../../../../README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```yaml\n(.*?)^```$/gmsu)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThan(1);
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(projectSchema);
  for (const block of blocks) {
    validate(parse(block));
    expect(validate.errors).toBeNull();
  }
});

test('all keys are read', () => {
  expect(
    read(
      'python: ./venv/bin/python\nproxyTimeout: 10m\nconfig: |\n  [a]\n  b=c\nenvironment: {LANG: C.UTF-8}\nsecrets: [pin]\n',
    ),
  ).toEqual({
    python: './venv/bin/python',
    proxyTimeout: '10m',
    config: '[a]\nb=c\n',
    environment: { LANG: 'C.UTF-8' },
    secrets: ['pin'],
  });
});

test('an empty file is fine', () => {
  expect(read('')).toEqual({});
});

test('all problems are told with line and column', () => {
  expect(() => read('pyton: x\nconfig: 5\nenvironment:\n  A: 1\n')).toThrowErrorMatchingInlineSnapshot(`
    [PluginHostError: plugin-host.yaml:1:1: unknown key pyton. Did you mean python?
    plugin-host.yaml:2:1: config must be string
    plugin-host.yaml:4:3: environment.A must be string]
  `);
});

test('what is no YAML is told with its place', () => {
  expect(() => read('config: [\n')).toThrow(/^plugin-host\.yaml:2:1: /);
});

test('no text makes it throw anything but its own error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ unit: fc.constantFrom('a', ':', ' ', '\n', '-', '[', '{', '&', '*', '"', '\t', '!') }),
      ),
      (text) => {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(PluginHostError);
        }
      },
    ),
  );
});

test('all problems of services, files and faults are told at their places, in lists and below names too', () => {
  const text = `services:
  credentialStores:
    local:
      - {host: a, user: b, passwords: [1]}
      - {host: a, user: b, privateKey: []}
      - host: a
  userLists:
    vips: {default: some}
    all: {default: all, expect: [x]}
  box: {httpproxy: {}}
  memoryCache: rediss://x
  rest: {configuration: 1}
files: {etc/x: y}
faults:
  ldapServers: up
  rest: 200
  memoryCache: {slo: 2s}
  clock: tomorrow
`;
  expect(() => read(text)).toThrowErrorMatchingInlineSnapshot(`
    [PluginHostError: plugin-host.yaml:4:40: services.credentialStores.local.0.passwords.0 must be string
    plugin-host.yaml:5:28: services.credentialStores.local.1: unknown key privateKey. Did you mean privateKeys?
    plugin-host.yaml:6:9: services.credentialStores.local.2: the key user is missing
    plugin-host.yaml:8:21: services.userLists.vips.default must be one of all, none
    plugin-host.yaml:9:25: services.userLists.all: unknown key expect. Did you mean except?
    plugin-host.yaml:10:9: services.box: unknown key httpproxy. Did you mean httpProxy?
    plugin-host.yaml:11:3: services.memoryCache is not valid. embedded (default: a file in the state folder) or redis://[user:password@]host[:port][/db].
    plugin-host.yaml:12:10: services.rest.configuration must begin with /
    plugin-host.yaml:13:9: files.etc/x must begin with /
    plugin-host.yaml:15:3: faults.ldapServers is not valid. down, or the names of those that do not answer.
    plugin-host.yaml:16:9: faults.rest must be one of 401, 403, 404, 500
    plugin-host.yaml:17:3: faults.memoryCache: the key slow is missing
    plugin-host.yaml:17:17: faults.memoryCache: unknown key slo. Did you mean slow?
    plugin-host.yaml:18:3: faults.clock is not valid. How far the plugin's clock is off: +1h, -30m, +400d.]
  `);
});

test('files that are not there, names that are not configured and what is no certificate are told at their places', () => {
  writeFileSync(path.join(folder, 'text.pem'), 'no certificate');
  const text = `services:
  credentialStores:
    local:
      - host: a
        user: b
        privateKeys:
          - {type: ssh-rsa, file: keys/none.pem}
          - {type: ssh-rsa}
        certificates: [{cert: x, certFile: y, key: z}]
  trustedCaLists: {corp: {certs: [{file: text.pem}, {pem: "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----"}]}}
  userLists: {vips: {default: all}}
  memoryCache: redis://:secret@/x
files: {/etc/spp/join.json: none.json}
faults: {userLists: [vip], ldapServers: [ad], memoryCache: {slow: 0s}}
`;
  expect(problemsOf(text)).toMatchInlineSnapshot(`
    "plugin-host.yaml:7:29: services.credentialStores.local.0.privateKeys.0.file: ENOENT: no such file or directory, open 'FOLDER/keys/none.pem'
    plugin-host.yaml:8:13: services.credentialStores.local.0.privateKeys.1: give either file or key
    plugin-host.yaml:9:24: services.credentialStores.local.0.certificates.0: give either certFile or cert
    plugin-host.yaml:10:35: services.trustedCaLists.corp.certs.0: has no certificate in PEM
    plugin-host.yaml:10:53: services.trustedCaLists.corp.certs.1: certificate 1 of 1 cannot be read
    plugin-host.yaml:12:3: services.memoryCache: expected embedded or redis://[user:password@]host[:port][/db]
    plugin-host.yaml:13:9: files./etc/spp/join.json: FOLDER/none.json does not exist
    plugin-host.yaml:14:22: faults.userLists.0: services.userLists has no vip. Did you mean vips?
    plugin-host.yaml:14:42: faults.ldapServers.0: services.ldapServers has no ad. None is configured.
    plugin-host.yaml:14:61: faults.memoryCache.slow: 0s is no duration from 1 ms to 24 days"
  `);
});

test('services are loaded in the shapes of the SDK', () => {
  writeFileSync(path.join(folder, 'key.pem'), 'PEM');
  const text = `services:
  credentialStores:
    local:
      - {host: h, user: u, passwords: [p1], privateKeys: [{type: ssh-rsa, file: key.pem}]}
      - {host: h, user: u, passwords: [p2], certificates: [{cert: C, key: K}]}
  userLists: {vips: {default: none, except: [w]}, all: {default: all}}
  box: {httpProxy: {server: p}}
  rest: {/configuration/a: {b: 1}, /api/x//y/: 2}
  hosts: {10.0.0.5: name, 10.0.0.6: [one, two]}
  memoryCache: redis://u:p%40@[::1]/3
faults: {ldapServers: down, userLists: [vips], rest: 500, memoryCache: {slow: 1500ms}, clock: -400d}
`;
  expect(read(text)).toMatchObject({
    loaded: {
      services: {
        credentialStores: {
          local: {
            u: {
              h: {
                passwords: ['p1', 'p2'],
                keys: [
                  { type: 'ssh-rsa', key: 'PEM' },
                  { type: 'x509v3-sign-rsa', key: 'K', cert: 'C' },
                ],
              },
            },
          },
        },
        userLists: { vips: { allow: 'no_user', except: ['w'] }, all: { allow: 'all_users', except: [] } },
        box: {
          gateway_fqdn: null,
          starling_join_credential_string: null,
          http_proxy: { enabled: true, server: { value: 'p' }, port: 3128, authentication: { selection: 'disabled' } },
        },
        rest: { 'api/configuration/a': { b: 1 }, 'api/x/y': 2 },
        hosts: { '10.0.0.5': ['name'], '10.0.0.6': ['one', 'two'] },
        memoryCache: { host: '::1', port: 6379, database: 3, username: 'u', password: 'p@' },
      },
      faults: {
        ldapServers: true,
        userLists: ['vips'],
        rest: 500,
        memoryCache: { slowMs: 1500 },
        clockMs: -400 * 86_400_000,
      },
    },
  });
});

test('passwords and private keys of services are known as secrets', () => {
  const text = `services:
  credentialStores: {local: [{host: h, user: u, passwords: [pass-1], privateKeys: [{type: ssh-rsa, key: the-key}], certificates: [{cert: C, key: cert-key}]}]}
  box: {starlingJoin: join-1, httpProxy: {server: proxy, username: proxy-user, password: pass-2}}
  rest: {/configuration/a: {bind_password: pass-3, key: "-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----"}}
  memoryCache: redis://:pass-4@localhost
`;
  const { loaded } = read(text) as { loaded: { secrets: string[] } };
  expect(new Set(loaded.secrets)).toEqual(
    new Set([
      ...['pass-1', 'the-key', 'cert-key', 'join-1', 'pass-2', 'pass-3', 'pass-4'],
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
    ]),
  );
});

const keys = Object.entries(projectKeys).flatMap(([key, part]) =>
  ['kvgroup', 'platform', 'serve', 'gateway', 'inspector'].includes(part) ? [] : [key],
);

test.each([
  ...keys.flatMap((key) => [`${key}:`, `${key}: ~`]),
  ...['memory', 'processes', 'openFiles', 'fileSize'].map((key) => `limits: {${key}: }`),
  'python: ""',
  'python: " "',
  'python: "a\\0b"',
  'legacyPython: ""',
])('a key without a value is told with its place: %s', (line) => {
  expect(problemsOf(`# first\n${line}\n`)).toMatch(/^plugin-host\.yaml:2:\d+: /);
});
