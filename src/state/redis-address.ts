/** Where a Redis server is, as a plugin's process gets it. */
export interface RedisAddress {
  host: string;
  port: number;
  database: number;
  /** Empty: none. */
  username: string;
  /** Empty: none. */
  password: string;
}

const defaultPort = 6379;

/** @param url `redis://[user:password@]host[:port][/db]`; what is before `://` is not looked at */
export function redisAddressOf({ hostname, port, pathname, username, password }: URL): RedisAddress {
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? defaultPort : Number(port),
    database: Number(pathname.replace('/', '')),
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}
