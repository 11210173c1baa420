import type { Script } from '../../state/redis/redis-link.ts';

/** Everything in Redis begins with it. */
export const keyPrefix = 'plugin-host:';
/** A hold on a session, a call under way and a living owner are over by then, unless they are renewed. Source: gateway contract, "A second host". */
export const leaseMs = 10_000;
/** How long it is known that a holder has stored something. Longer than anybody tries. */
const storedSeconds = 60;

const ownersKey = `${keyPrefix}owned`;
export const sessionsKey = `${keyPrefix}sessions`;
export const inspectorsKey = `${keyPrefix}inspectors`;
export const ownerKey = (id: string): string => `${keyPrefix}owner:${id}`;

/** Of one session, in the order in which the scripts have them. */
function keysOf(name: string, token: string): string[] {
  const parts = ['session', 'cookies', 'steps', 'secrets', 'lease', 'call'].map(
    (kind) => `${keyPrefix}${kind}:${name}`,
  );
  return [...parts, sessionsKey, ownersKey, `${keyPrefix}stored:${token}`];
}

/** What the scripts have in common. ARGV: channel of changes, name of the session, token of the holder, and what each needs. */
const common = `
local session, cookies, steps, secrets, lease, call, sessions, owned, stored = unpack(KEYS)
local channel, name, token = ARGV[1], ARGV[2], ARGV[3]
local function holds() return redis.call('GET', lease) == token end
local function tell() redis.call('PUBLISH', channel, name) end
local function release() redis.call('DEL', lease, call) tell() end
local function isAlive(id) return redis.call('EXISTS', '${keyPrefix}owner:' .. id) == 1 end
local function fetch(from)
  if redis.call('EXISTS', session) == 0 then return false end
  local count = redis.call('LLEN', steps)
  from = math.max(0, math.min(from, count - 1)) -- a summary reads the last one
  return { redis.call('HGETALL', session), redis.call('HGETALL', cookies), redis.call('LRANGE', steps, from, -1),
    redis.call('LRANGE', secrets, 0, -1), count }
end
local function set(from)
  for at = from, #ARGV, 2 do
    if ARGV[at + 1] == '-' then redis.call('HDEL', session, ARGV[at])
    else redis.call('HSET', session, ARGV[at], string.sub(ARGV[at + 1], 2)) end
  end
  local owner = redis.call('HGET', session, 'owner')
  if owner and redis.call('HEXISTS', session, 'ended') == 0 then redis.call('HSET', owned, name, owner)
  else redis.call('HDEL', owned, name) end
end
local function keep()
  redis.call('SET', stored, '1', 'EX', ${storedSeconds})
  release()
  return 'stored'
end
`;

const texts = {
  /** ARGV: how many steps need not be fetched. */
  look: 'return fetch(tonumber(ARGV[4]))',
  /** ARGV: owner that it must have, format, time, facts of a new one. */
  hold: `
local holder = redis.call('GET', lease)
if holder and holder ~= token then return 'held' end
local owner = redis.call('HGET', session, 'owner')
if owner and ARGV[4] ~= '' and owner ~= ARGV[4] then return 'taken' end
redis.call('SET', lease, token, 'PX', ${leaseMs})
if redis.call('EXISTS', session) == 0 then
  redis.call('HSET', session, 'format', ARGV[5], 'created_at', ARGV[6], 'session_cookie', '{}', 'answers', '{}', 'secret_answers', '[]')
  redis.call('SADD', sessions, name)
  set(7)
end
return fetch(2147483647)`,
  /** A hold of whatever it is, for removing it. */
  grab: `
local holder = redis.call('GET', lease)
if holder and holder ~= token then return 'held' end
redis.call('SET', lease, token, 'PX', ${leaseMs})
return 'holds'`,
  renew: `
if not holds() then return 0 end
redis.call('PEXPIRE', lease, ${leaseMs})
redis.call('PEXPIRE', call, ${leaseMs})
return 1`,
  /** ARGV: the call. */
  begin: `if holds() then redis.call('SET', call, ARGV[4], 'PX', ${leaseMs}) tell() end`,
  release: 'if holds() then release() end',
  /** ARGV: session cookie, answers, secret answers, plugin, cookie, step, its secrets, facts. */
  commit: `
if redis.call('EXISTS', stored) == 1 then return 'stored' end
if not holds() or redis.call('EXISTS', session) == 0 then return 'lost' end
redis.call('HSET', session, 'session_cookie', ARGV[4], 'answers', ARGV[5], 'secret_answers', ARGV[6])
redis.call('HSET', cookies, ARGV[7], ARGV[8])
redis.call('RPUSH', steps, ARGV[9])
redis.call('RPUSH', secrets, ARGV[10])
set(11)
return keep()`,
  /** ARGV: facts. */
  tell: `
if redis.call('EXISTS', stored) == 1 then return 'stored' end
if not holds() or redis.call('EXISTS', session) == 0 then return 'lost' end
set(4)
return keep()`,
  /** ARGV: numbers of cookies and steps, each with two texts, facts and other columns. */
  fill: `
if redis.call('EXISTS', stored) == 1 then return 'stored' end
if not holds() then return 'lost' end
redis.call('DEL', session, cookies, steps, secrets)
redis.call('SADD', sessions, name)
local at = 6
for _ = 1, ARGV[4] do redis.call('HSET', cookies, ARGV[at], ARGV[at + 1]) at = at + 2 end
for _ = 1, ARGV[5] do redis.call('RPUSH', steps, ARGV[at]) redis.call('RPUSH', secrets, ARGV[at + 1]) at = at + 2 end
set(at)
return keep()`,
  remove: `
if not holds() then return end
redis.call('DEL', session, cookies, steps, secrets)
redis.call('SREM', sessions, name)
redis.call('HDEL', owned, name)
release()`,
  /** ARGV: the new owner. Whose call is under way is not over yet, even if he is dead. */
  claim: `
local owner = redis.call('HGET', owned, name)
if owner == ARGV[4] then return 1 end
if not owner or isAlive(owner) or redis.call('EXISTS', lease, call) > 0 then return 0 end
redis.call('HSET', session, 'owner', ARGV[4])
redis.call('HSET', owned, name, ARGV[4])
tell()
return 1`,
};

/** Of which session a script is about, and for whom. */
export interface Subject {
  channel: string;
  name: string;
  /** Of the holder; none to read. */
  token?: string;
}

export function scriptOf(name: keyof typeof texts, subject: Subject, given: readonly (string | number)[] = []): Script {
  const { channel, name: session, token = '' } = subject;
  return { keys: keysOf(session, token), arguments: [channel, session, token, ...given], text: common + texts[name] };
}

/** Sessions that have a call under way. */
export const begunScript: Script = {
  keys: [sessionsKey],
  text: `
local found = {}
for _, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if redis.call('EXISTS', '${keyPrefix}call:' .. name) == 1 then table.insert(found, name) end
end
return found`,
};

/** Whether an inspector is open. Forgets those that were killed. */
export const inspectedScript: Script = {
  keys: [inspectorsKey],
  text: `
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if redis.call('EXISTS', '${keyPrefix}owner:' .. id) == 1 then return 1 end
  redis.call('SREM', KEYS[1], id)
end
return 0`,
};

/** Sessions whose owners are dead. */
export const orphansScript: Script = {
  keys: [ownersKey],
  text: `
local found = {}
local all = redis.call('HGETALL', KEYS[1])
for at = 1, #all, 2 do
  if redis.call('EXISTS', '${keyPrefix}owner:' .. all[at + 1]) == 0 then table.insert(found, all[at]) end
end
return found`,
};

/** As `look` of each of many sessions, for a list: of the steps only the last one, of the secrets those that the facts need. */
export function summariesScript(names: readonly string[]): Script {
  return {
    keys: [],
    arguments: names,
    text: `
local found = {}
for at, name in ipairs(ARGV) do
  local session, steps = '${keyPrefix}session:' .. name, '${keyPrefix}steps:' .. name
  local read, row = pcall(redis.call, 'HGETALL', session)
  if read and #row > 0 then
    local said = redis.call('HEXISTS', session, 'gateway_user') + redis.call('HEXISTS', session, 'gateway_groups') + redis.call('HEXISTS', session, 'gateway')
    local secrets = said > 0 and redis.call('LRANGE', '${keyPrefix}secrets:' .. name, 0, -1) or {}
    found[at] = { row, {}, redis.call('LRANGE', steps, -1, -1), secrets, redis.call('LLEN', steps) }
  else found[at] = false end
end
return found`,
  };
}
