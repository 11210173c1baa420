import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkTarget } from '../../../../src/targets/description/check-target.ts';

const messagesOf = (text: string): string[] =>
  checkTarget(parse(text), { folder: import.meta.dirname, values: {} }).map(({ message }) => message);

describe('a target', () => {
  test.each([
    ['http: {routes: [{method: POST, path: /api/*/x, json: {a: {contains: b}}, answer: {json: {ok: true}}}]}'],
    ['http: {tls: wrong-name, routes: [{path: "**", basic: "u:p", answer: [503, {text: x, delay: 0s}]}]}'],
    ['http: {routes: [{path: /, digest: {user: u, password: p}, query: {page: 2}, headers: {Accept: [a, b]}}]}'],
    ['{address: host.test, port: 8022, ssh: {users: {svc: , root: {password: p, keys: []}}, commands: []}}'],
    ['ssh: {hostKey: ssh-rsa, banner: OpenSSH_9.2p1, commands: [{command: id, answers: [{exit: 1}, {output: x}]}]}'],
    ['telnet: {login: [{prompt: "U: ", expect: a, hidden: true, else: [{send: no}, {disconnect: true}]}]}'],
    ['ssh: {refuse: true}'],
    ['http: {}'],
  ])('may be %s', (text) => {
    expect(messagesOf(text)).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['{}', ['the file: expected one of http, ssh, telnet, got none']],
    ['{http: {}, ssh: {}}', ['the file: expected one of http, ssh, telnet, got http and ssh']],
    ['htp: {}', ['unknown key htp. Did you mean http?']],
    ['http: {routes: [{pth: /}]}', ['http.routes.0: unknown key pth. Did you mean path?']],
    ['http: {tls: no}', ['http.tls must be one of trusted, untrusted, expired, wrong-name, none']],
    ['http: {routes: [{body: {contain: x}}]}', ['http.routes.0.body: unknown key contain. Did you mean contains?']],
    [
      'http: {routes: [{query: {a: {contain: x}}}]}',
      ['http.routes.0.query.a: unknown key contain. Did you mean contains?'],
    ],
    [
      'telnet: {login: [{expect: a, else: [{snd: b}]}]}',
      ['telnet.login.0.else.0: unknown key snd. Did you mean send?'],
    ],
    ['http: {routes: [{answer: 42}]}', ['http.routes.0.answer must be >= 200']],
    [
      'http: {routes: [{path: /**/x}]}',
      ['http.routes.0.path: ** is the rest of a path; expected it at the end, or * for one segment'],
    ],
    [
      'http: {routes: [{json: {a: {matches: "("}}}]}',
      [
        'http.routes.0.json.a.matches: Invalid regular expression: /(/mu: Unterminated group; expected a regular expression of JavaScript',
      ],
    ],
    [
      'http: {routes: [{basic: "u:p", bearer: t}]}',
      ['http.routes.0.bearer: a request has one kind of credentials; give one'],
    ],
    [
      'http: {routes: [{answer: [{text: a, json: 1}]}]}',
      ['http.routes.0.answer.0.text: an answer has one body; expected one of json, text, html, form, file'],
    ],
    [
      'http: {routes: [{answer: {file: nope}}]}',
      [expect.stringMatching(/^http\.routes\.0\.answer\.file: ENOENT/) as string],
    ],
    [
      'http: {routes: [{answer: {delay: 60000h}}]}',
      ['http.routes.0.answer.delay: 60000h is no duration; expected one such as 2s or 200ms'],
    ],
    [
      'http: {routes: [{answer: {headers: {"a b": x}}}]}',
      [
        'http.routes.0.answer.headers.a b: Header name must be a valid HTTP token ["a b"]; expected letters, digits and hyphens, and a value of one line',
      ],
    ],
    [
      'http: {routes: [{body: "${Nam}"}]}',
      ['http.routes.0.body: nothing is named Nam. No value is given here. A literal begins with $${'],
    ],
    [
      'ssh: {users: {a: {keys: [abc]}}}',
      ['ssh.users.a.keys.0: this is no public key; expected its type and its base64 text, as in authorized_keys'],
    ],
    [
      'ssh: {hostKey: lay-target.test.ts}',
      ['ssh.hostKey: lay-target.test.ts holds no private key; expected one as ssh-keygen writes it'],
    ],
    [
      'ssh: {commands: [{command: a, exit: 1, answers: [{exit: 2}]}]}',
      ['ssh.commands.0.exit: stands beside answers; expected it in each of them'],
    ],
    [
      'ssh: {commands: [{command: a, exit: 1, hang: true}]}',
      ['ssh.commands.0.hang: a command ends in one way, and exit is one; give one'],
    ],
    ['ssh: {commands: [{output: a}]}', ['ssh.commands.0: the key command is missing']],
    [
      'telnet: {login: [{prompt: "a"}]}',
      ['telnet.login.0.prompt: says how input is asked for; expected expect beside it. A text alone is sent with send'],
    ],
    [
      'telnet: {users: {}}',
      ['telnet: unknown key users. Known: login, motd, prompt, echo, commands, delay, refuse, unmatched.'],
    ],
  ])('may not be %s', (text, messages) => {
    expect(messagesOf(text)).toEqual(messages);
  });
});
