import { createHash } from 'node:crypto';
import { plainMeta } from '../sps/policies/links/endpoint-meta.ts';
import type { Answer, Call } from './call.ts';

/** What stands in the samples of the reference guide, as far as it does not matter. */
const buildDate = '2026-01-15T10:00:00+00:00';

/** About the box; more of it for who is logged in. */
export function showInfo({ state, session }: Call): Answer {
  const { api, spsVersion } = state.profile.release;
  const anonymous = {
    domainname: 'localdomain',
    hostname: 'plugin-host',
    nickname: null,
    plugin_sdk_version: { feature: api, full: `${api}.0` },
    support_link: 'https://support.oneidentity.com/',
  };
  const more = {
    analytics_enabled: false,
    build_date: buildDate,
    config_hash: createHash('sha256').update(`commit ${state.store.configuration.number}`).digest('hex').slice(0, 32),
    firmware_version: spsVersion,
    roles: [],
    version: spsVersion,
  };
  const body = session === undefined ? anonymous : { ...anonymous, ...more };
  return { body: { key: 'about_info', body, meta: plainMeta('/api/info') } };
}

/** The children of a path beside the configuration. */
export function listChildren({ path }: Call, names: readonly string[]): Answer {
  const items = names.map((name) => ({ key: name, meta: { href: `${path}/${name}` } }));
  return { body: { items, meta: plainMeta(path) } };
}
