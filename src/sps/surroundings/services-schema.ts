/** JSON Schema of `services:`; the names of its parts are those of the type `Services`. */
const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const texts = { type: 'array', items: text };

function mapping(description: string, additionalProperties: object): object {
  return { type: 'object', description, additionalProperties };
}

function record(description: string, required: string[], properties: Record<string, object>): object {
  return { type: 'object', description, additionalProperties: false, required, properties };
}

const credentials = record('What one user has on one host.', ['host', 'user'], {
  host: {
    ...text,
    description: "Host; for an option with the value $ of a plugin's configuration the name of its section.",
  },
  user: { ...text, description: 'User; for an option with the value $ the name of the option, in lower case.' },
  passwords: { ...texts, description: 'Passwords, in the order in which the plugin gets them.' },
  privateKeys: {
    type: 'array',
    description: 'SSH keys.',
    items: record('An SSH key, as a file or as text.', ['type'], {
      type: { enum: ['ssh-rsa', 'ssh-dss', 'ecdsa-sha2-nistp256'], description: 'Type of the key.' },
      file: { ...text, description: 'File with the private key in PEM.' },
      key: { ...text, description: 'The private key itself in PEM.' },
    }),
  },
  certificates: {
    type: 'array',
    description: 'X.509 certificates with their private keys.',
    items: record('A certificate and its private key, each as a file or as text.', [], {
      type: { enum: ['x509v3-sign-rsa', 'x509v3-sign-dss'], description: 'Default x509v3-sign-rsa.' },
      certFile: { ...text, description: 'File with the certificate in PEM.' },
      cert: { ...text, description: 'The certificate itself in PEM.' },
      keyFile: { ...text, description: 'File with the private key in PEM.' },
      key: { ...text, description: 'The private key itself in PEM.' },
    }),
  },
});

const userList = record('A user list policy.', ['default'], {
  default: { enum: ['all', 'none'], description: 'Whom the list holds besides the exceptions: all or none.' },
  except: { ...texts, description: 'Exceptions from the default; matched case-sensitively.' },
});

const ldapValue = { type: ['string', 'number', 'boolean', 'object', 'array'] };
const ldapBytes = {
  additionalProperties: false,
  required: ['base64'],
  properties: { base64: { ...text, contentEncoding: 'base64', description: 'Bytes, such as a photo.' } },
};

const ldapServer = record('An LDAP server policy with its directory.', [], {
  users: mapping(
    'Users by name, each with its attributes.',
    mapping('Attributes: a value or a list of values.', {
      ...ldapValue,
      ...ldapBytes,
      items: { type: ['string', 'number', 'boolean', 'object'], ...ldapBytes },
    }),
  ),
  groups: mapping('Members by group.', texts),
});

const trustedCaList = record('A trusted CA list policy.', ['certs'], {
  certs: {
    type: 'array',
    description: 'Certificates of the authorities.',
    items: record('A file or the text itself; a file may hold several certificates.', [], {
      file: { ...text, description: 'File with certificates in PEM.' },
      pem: { ...text, description: 'The certificate itself in PEM.' },
    }),
  },
  crls: { type: 'array', items: textOrNull, description: 'URLs of revocation lists, one for each certificate.' },
  strictHostcheck: { type: 'boolean', description: 'Whether host names are checked; default false.' },
});

const httpProxy = {
  ...record('HTTP proxy of the appliance.', ['server'], {
    server: { ...text, description: 'Host name or address.' },
    port: { type: 'integer', minimum: 1, maximum: 65535, description: 'Default 3128.' },
    username: { ...text, description: 'For a proxy that asks for it.' },
    password: { ...text, description: 'For a proxy that asks for it.' },
    enabled: { type: 'boolean', description: 'Default true.' },
  }),
  type: ['object', 'null'],
};

export const servicesSchema = record('What the appliance provides to plugins, by the names of its policies.', [], {
  credentialStores: mapping('Local credential stores by name.', {
    type: 'array',
    description: 'What users have on hosts.',
    items: credentials,
  }),
  userLists: mapping('User lists by name.', userList),
  ldapServers: mapping('LDAP servers by name.', ldapServer),
  trustedCaLists: mapping('Trusted CA lists by name.', trustedCaList),
  box: record('Settings of the appliance itself.', [], {
    gatewayFqdn: { ...textOrNull, description: 'Its full name.' },
    httpProxy,
    starlingJoin: { ...textOrNull, description: 'Credential string of the join to Starling.' },
  }),
  rest: {
    ...mapping(
      'Answers to queries of the configuration, by path: /configuration/aaa/settings; paths that are not here are not found.',
      {},
    ),
    propertyNames: { pattern: '^/' },
  },
  hosts: mapping(
    'Names by IP address, the primary one first; other addresses then have none. Without it the system answers.',
    { type: ['string', 'array'], items: text },
  ),
  memoryCache: {
    ...text,
    pattern: '^(embedded|redis://.+)$',
    description: 'embedded (default: a file in the state folder) or redis://[user:password@]host[:port][/db].',
  },
});
