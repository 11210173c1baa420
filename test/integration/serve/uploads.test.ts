import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packSample } from './pack-sample.ts';
import type { RestClient } from './rest-client.ts';
import { Served } from './served.ts';

let served: Served;
let client: RestClient;
let zip: Buffer;

beforeAll(async () => {
  served = await Served.start({ compat: 'current' });
  client = await served.loggedIn();
  zip = await packSample('otp');
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

function multipart(content: Buffer): Buffer {
  const head = '--x1\r\nContent-Disposition: form-data; name="other"\r\n\r\ntext\r\n--x1\r\n';
  const file = 'Content-Disposition: form-data; name="firmware"; filename="../../plugin.zip"\r\n\r\n';
  return Buffer.concat([Buffer.from(head + file), content, Buffer.from('\r\n--x1--\r\n')]);
}

const manifest = 'name: Sample_Otp\ntype: aa\nversion: "1.0.0"\napi: "1.9"\nentry_point: main.py\n';

/** The sample with another MANIFEST. */
async function packWith(text: string): Promise<Buffer> {
  return packSample('otp', { MANIFEST: text });
}

describe('an upload', () => {
  test.each([
    ['as application/zip', { 'content-type': 'application/zip' }, (bytes: Buffer) => bytes],
    ['without a type', {}, (bytes: Buffer) => bytes],
    ['as octets', { 'content-type': 'application/octet-stream' }, (bytes: Buffer) => bytes],
    ['called JSON', { 'content-type': 'application/json' }, (bytes: Buffer) => bytes],
    ['in a multipart body that is called JSON', { 'content-type': 'application/json' }, multipart],
  ])('%s is taken, and keeps the key of the plugin', async (_, headers, wrap) => {
    const first = await client.create('/api/upload/plugins', zip);
    const reply = await client.send('POST', '/api/upload/plugins', wrap(zip), headers);
    expect(reply).toMatchObject({
      status: 201,
      body: {
        key: first,
        body: { name: 'Sample_Otp', scb_min_version: '' },
        meta: { parent: '/api/configuration/plugins/aa' },
      },
    });
    expect(reply.body['meta']).toEqual({
      href: `/api/configuration/plugins/aa/${first}`,
      parent: '/api/configuration/plugins/aa',
    });
  });

  test.each([
    ['no ZIP', () => Promise.resolve(Buffer.from('PK?')), 'InvalidPlugin', 'ZIP_INVALID'],
    ['nothing', () => Promise.resolve(Buffer.alloc(0)), 'InvalidPlugin', 'ZIP_INVALID'],
    ['a ZIP that is cut off', () => Promise.resolve(zip.subarray(0, 300)), 'InvalidPlugin', 'ZIP_INVALID'],
    [
      'a hostile MANIFEST of many MB',
      () => packWith(`a: [${'{a: b}, '.repeat(1_000_000)}]\n`),
      'InvalidPlugin',
      'MANIFEST_NOT_YAML',
    ],
    [
      'a plugin for a newer API',
      () => packWith(manifest.replace('"1.9"', '"1.10"')),
      'PluginNotSupported',
      'API_TOO_NEW',
    ],
    [
      'a plugin for older versions',
      () => packWith(`${manifest}scb_max_version: "6.0~"\n`),
      'PluginNotSupported',
      'SPS_TOO_NEW',
    ],
    [
      'a plugin without its file',
      () => packWith(manifest.replace('main.py', 'no.py')),
      'InvalidPlugin',
      'ENTRY_POINT_MISSING',
    ],
  ])('of %s is refused with the code of check', async (_, make, type, code) => {
    const reply = await client.send('POST', '/api/upload/plugins', await make());
    expect(reply).toMatchObject({ status: 400, body: { error: { type, details: { code } } } });
    expect(JSON.stringify(reply.body)).not.toContain('/tmp');
  });

  test('of a type that classic does not have is refused there', async () => {
    const signing = await packWith(manifest.replace('type: aa', 'type: signingca'));
    expect(await client.send('POST', '/api/upload/plugins', signing)).toMatchObject({ status: 201 });
    await using classic = await Served.start();
    using other = await classic.loggedIn();
    await other.send('POST', '/api/transaction');
    expect(await other.send('POST', '/api/upload/plugins', signing)).toMatchObject({
      status: 400,
      body: { error: { type: 'InvalidPlugin', details: { code: 'TYPE_UNKNOWN' } } },
    });
  });

  test('can be asked whether it is still as it came', async () => {
    const key = await client.create('/api/upload/plugins', zip);
    const path = '/api/plugin/integrity';
    expect(
      await client.send('GET', `${path}?key=${key}&plugin_type=aa&ops=zip_checksum&ops=zip_content`),
    ).toMatchObject({
      status: 200,
      body: { body: { zip_checksum: { verdict: 'passed' }, zip_content: { verdict: 'passed' } } },
    });
    expect(await client.send('GET', `${path}?key=${key}`)).toMatchObject({
      status: 400,
      body: { error: { type: 'InvalidQuery' } },
    });
  });
});
