import type { RedisLink } from '../../state/redis/redis-link.ts';
import type { TargetKeys } from '../store/stored-sessions.ts';
import { keyPrefix } from './script-of.ts';

const key = `${keyPrefix}known-hosts`;

export function createTargetKeys(link: RedisLink): TargetKeys {
  return {
    async find(target) {
      const found = await link.command(['HGET', key, target]);
      return typeof found === 'string' ? found : undefined;
    },
    async learn(target, learnt) {
      const text = "redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) return redis.call('HGET', KEYS[1], ARGV[1])";
      return String(await link.run({ keys: [key], arguments: [target, learnt], text }));
    },
  };
}
