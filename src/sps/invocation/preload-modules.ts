/**
 * What a fork server may import before a plugin needs it: the vendor's SDK with its imports, then what plugins use of the
 * standard library. Not the SDK's memory cache: the host replaces it. `choosePreload` takes what a plugin names.
 */
export const preloadModules: readonly string[] = [
  'safeguard.sessions.plugin',
  ...['mfa_client', 'requests_tls', 'box_configuration', 'plugin_response', 'endpoint_extractor', 'host_resolver'].map(
    (name) => `safeguard.sessions.plugin.${name}`,
  ),
  'requests',
  'OpenSSL',
  // Of our own shim, when a hook's parameters are not plain or it raises.
  ...['inspect', 'traceback'],
  ...['json', 're', 'logging', 'configparser', 'base64', 'hashlib', 'hmac', 'secrets', 'uuid', 'random', 'string'],
  ...['datetime', 'time', 'calendar', 'enum', 'dataclasses', 'typing', 'collections', 'functools', 'itertools'],
  ...['contextlib', 'copy', 'textwrap', 'struct', 'binascii', 'zlib', 'io', 'abc', 'warnings'],
  ...['socket', 'ssl', 'select', 'ipaddress', 'http.client', 'http.cookiejar', 'urllib.parse', 'urllib.request'],
  ...['xml.etree.ElementTree', 'email.message', 'csv', 'sqlite3'],
  ...['os', 'sys', 'pathlib', 'tempfile', 'shutil', 'glob', 'stat', 'platform', 'getpass', 'subprocess', 'signal'],
  ...['threading', 'concurrent.futures', 'atexit', 'pickle', 'locale', 'ctypes'],
];

/** Top-level names of everything that is then loaded, without the standard library. */
const packages = [
  ...[
    'safeguard',
    'requests',
    'urllib3',
    'certifi',
    'idna',
    'charset_normalizer',
    'chardet',
    'OpenSSL',
    'cryptography',
  ],
  ...['cffi', '_cffi_backend', 'yaml', 'six', 'typing_extensions'],
];

/** Top-level names that a fork server holds ready. */
export const preloadedNames: ReadonlySet<string> = new Set([
  ...packages,
  ...preloadModules.map((name) => name.split('.')[0] ?? name),
]);
