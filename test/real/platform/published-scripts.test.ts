import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { checkScript } from '../../../src/platform/check/check-script.ts';
import { platformScriptSchema } from '../../../src/platform/schema/platform-script-schema.ts';
import { findScript, scriptsFolder } from './find-script.ts';

/** The published scripts of revision 19d3b2a: the errors of each, and what else is known to be wrong with it. */
const scripts: Record<string, { errors?: readonly string[]; others?: readonly string[] }> = {
  CustomFacebook: {},
  CustomTwitter: {},
  Forgerock_OpenAM: { others: ['L01'] },
  GenericCiscoIosTelnet: { others: ['L14', 'W01'] },
  GenericLinux: { others: ['L28'] },
  GenericLinuxWithAD: { others: ['L28'] },
  GenericLinuxWithDiscovery: { others: ['L28', 'W05'] },
  GenericLinuxWithSSHKeySupport: { others: ['L02', 'L28'] },
  GenericRacfTn3270: { others: ['L30', 'W01'] },
  LinuxApplicationTextConfig: { others: ['L28'] },
  LinuxSshBatchModeExample: { others: ['L29'] },
  Okta_WithDiscoveryAndGroupMembershipRestore: { others: ['L01'] },
  OneLogin_GRC_JIT_addon: { others: ['L01', 'L02', 'L14', 'L17', 'L21', 'L25'] },
  RestrictedAuthorizedKeyExample: { others: ['L29'] },
  vCenterServerAppliance: { others: ['L28', 'W01', 'W05'] },
  WordPressHttp: { others: ['L01'] },
  'Pattern-GenericHttpAccountDiscovery': { errors: ['E13'], others: ['L20', 'L24'] },
  'Pattern-GenericHttpJitElevation': { errors: ['E13'], others: ['L24'] },
  'Pattern-GenericLinuxDependentSystem': { others: ['L19', 'W05'] },
  'Pattern-GenericLinuxFileManagement': { errors: ['E13'], others: ['L19', 'W05'] },
  'Pattern-GenericLinuxFull': { errors: ['E13'], others: ['L06', 'L17', 'L23', 'L26', 'L28', 'W05'] },
  'Pattern-GenericLinuxServiceDiscovery': { others: ['L02', 'L19', 'L20', 'W05'] },
  'Pattern-GenericRestApiBasicAuth': { errors: ['E13'], others: ['L20', 'L24'] },
  'Pattern-GenericRestApiBearerToken': { errors: ['E13'], others: ['L04', 'L24'] },
  'Pattern-GenericRestApiKeyRotation': { errors: ['E13'], others: ['L24'] },
  'Pattern-WindowsSshBasic': { errors: ['E11'], others: ['L30', 'W05'] },
  TemplateHttpMinimal: {},
  TemplateSshMinimal: { others: ['L19'] },
};

/** Idiom of the vendor's own samples, of which hardly any is free. */
const usual = ['L10', 'L11', 'L12', 'W02', 'W03'];

/** What the closed schema holds against a script, as does `check`. */
const againstSchema: Record<string, readonly string[]> = {
  GenericCiscoIosTelnet: ['SwitchUser'],
  GenericLinuxWithSSHKeySupport: ['Value'],
  OneLogin_GRC_JIT_addon: ['Catch', 'Message'],
  'Pattern-GenericLinuxServiceDiscovery': ['AccountName', 'Description', 'Name'],
  'Pattern-GenericRestApiBearerToken': ['Value'],
};

const ajv = new Ajv({ allErrors: true, strict: false });
const validate = ajv.compile(platformScriptSchema);

describe.runIf(scriptsFolder !== undefined)('a published script', () => {
  test.each(Object.entries(scripts))('%s has the problems that are known', (name, { errors = [], others = [] }) => {
    const text = read(name);
    const report = checkScript(text);
    const codes = [...new Set(report.problems.map(({ code }) => code))].filter((code) => !usual.includes(code)).sort();
    expect(codes).toEqual([...errors, ...others].sort());
    expect(report.ok).toBe(errors.length === 0);
  });

  test.each(Object.keys(scripts))('%s is valid by the schema but for its defects', (name) => {
    validate(JSON.parse(read(name)));
    const extra = (validate.errors ?? []).flatMap(({ params }) => {
      const { additionalProperty } = params as { additionalProperty?: string };
      return additionalProperty ?? [];
    });
    expect([...new Set(extra)].sort()).toEqual(againstSchema[name] ?? []);
    expect(validate.errors === null || validate.errors === undefined).toBe(againstSchema[name] === undefined);
  });

  test('has no error in 20 of 28', () => {
    const ok = Object.keys(scripts).filter((name) => checkScript(read(name)).ok);
    expect([Object.keys(scripts).length, ok.length]).toEqual([28, 20]);
  });
});

function read(name: string): string {
  return readFileSync(findScript(name), 'utf8');
}
