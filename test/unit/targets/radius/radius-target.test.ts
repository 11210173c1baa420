import { describe, expect, test } from 'vitest';
import { TargetRecords } from '../../../../src/targets/matching/target-records.ts';
import type { RadiusDescription } from '../../../../src/targets/radius/radius-description.ts';
import { RadiusTarget } from '../../../../src/targets/radius/radius-target.ts';
import { accessRequest, isAnswerTo, valuesOf } from '../../../radius-client.ts';

const secret = 's3cret';
const users = { wsmith: { password: '123456' }, jdoe: { challenge: 'Next code: ', password: '4711' }, nobody: {} };

function open(more: Partial<RadiusDescription> = {}): { target: RadiusTarget; records: TargetRecords } {
  const records = new TargetRecords();
  return { target: new RadiusTarget({ secret, users, ...more }, records), records };
}

describe('a RADIUS server', () => {
  test.each([
    ['accepts the right password', { user: 'wsmith', password: '123456' }, 2],
    ['accepts it from a client of CHAP', { user: 'wsmith', password: '123456', isChap: true }, 2],
    ['accepts it in a packet that is signed', { user: 'wsmith', password: '123456', isSigned: true }, 2],
    ['rejects a wrong password', { user: 'wsmith', password: '12345' }, 3],
    ['rejects a wrong password of CHAP', { user: 'wsmith', password: '12345', isChap: true }, 3],
    ['rejects a long one', { user: 'wsmith', password: '1'.repeat(40) }, 3],
    ['rejects an unknown user', { user: 'constructor', password: '123456' }, 3],
    ['rejects a user without a password', { user: 'nobody', password: '' }, 3],
    ['challenges a user who has a challenge', { user: 'jdoe', password: '4711' }, 11],
    ['rejects a State that is not its own', { user: 'jdoe', password: '4711', state: Buffer.from('x') }, 3],
  ])('%s', (_, asked, code) => {
    const { target, records } = open();
    const request = accessRequest(asked, secret);
    const answer = target.answer(request) ?? Buffer.alloc(0);
    expect(answer[0]).toBe(code);
    expect(isAnswerTo(answer, request, secret)).toBe(true);
    expect(records).toMatchObject({ requests: [{ method: 'ACCESS-REQUEST', path: asked.user, status: code }] });
    expect(records.unmatched).toEqual([]);
  });

  test('asks for more, and takes the password with its State', () => {
    const { target, records } = open();
    const asked = target.answer(accessRequest({ user: 'jdoe' }, secret)) ?? Buffer.alloc(0);
    expect(valuesOf(asked, 18).map(String)).toEqual(['Next code: ']);
    const [state = Buffer.alloc(0)] = valuesOf(asked, 24);
    // The next call of a hook may meet another process.
    const again = open().target.answer(accessRequest({ user: 'jdoe', password: '4711', state }, secret));
    expect(again?.[0]).toBe(2);
    expect(target.answer(accessRequest({ user: 'jdoe', password: '4712', state }, secret))?.[0]).toBe(3);
    expect(records.requests.map(({ status }) => status)).toEqual([11, 3]);
    expect(records.requests[1]?.form).toEqual({ 'User-Name': 'jdoe', 'User-Password': '4712', State: String(state) });
  });

  test('that is silent notes what it was asked', () => {
    const { target, records } = open({ silent: true });
    expect(target.answer(accessRequest({ user: 'wsmith', password: '123456' }, secret))).toBeUndefined();
    expect(records.requests).toMatchObject([{ status: null }]);
  });

  test.each([
    ['a password that another secret hides', { user: 'wsmith', password: '123456' }, /password is no text/],
    ['a signature of another secret', { user: 'wsmith', isSigned: true }, /Message-Authenticator was not made/],
    ['a packet of another kind', { user: 'wsmith', code: 4 }, /^Accounting-Request of wsmith: this server answers/],
  ])('is not meant by %s', (_, asked, message) => {
    const { target, records } = open();
    target.answer(accessRequest(asked, 'another'));
    expect(records.unmatched).toMatchObject([{ message: expect.stringMatching(message) }]);
  });

  test('says nothing to what is no packet', () => {
    const { target, records } = open();
    for (const data of ['', 'GET / HTTP/1.1', '\x01\x00\x00\x20'.padEnd(24)]) {
      expect(target.answer(Buffer.from(data, 'latin1'))).toBeUndefined();
    }
    expect(records.unmatched).toHaveLength(3);
  });
});
