import { describe, expect, test } from 'vitest';
import { scriptsFolder } from './find-script.ts';
import { failure, mismatch, success } from './operate.ts';
import { RestService } from './services/rest-service.ts';
import { startWebScript } from './start-web-script.ts';

describe.runIf(scriptsFolder !== undefined)('on HTTPS, by templates', () => {
  test('TemplateHttpMinimal', async () => {
    const service = new RestService();
    const given = { ApiToken: 'session-Token1' };
    const { operate } = await startWebScript(
      'TemplateHttpMinimal',
      { host: RestService.host, serve: service.serve },
      given,
    );
    await operate('CheckSystem', 'right token', success);
    await operate('CheckSystem', 'wrong token', failure, { ApiToken: 'wrong' });
  });

  describe('templates with an undeclared Uri, run with --force', () => {
    const given = {
      FuncUserName: 'svc',
      FuncPassword: 'svc-Pass1',
      AccountUserName: 'jane',
      AccountPassword: 'jane-Pass1',
      NewPassword: 'jane-Pass2',
      AdminGroupName: 'admins',
      ApiKey: 'old-ApiKey1',
    };
    const defect = { outcome: 'error' };
    const template = (script: string) => {
      const service = new RestService();
      return startWebScript(script, { host: RestService.host, serve: service.serve }, given, true);
    };

    test('Pattern-GenericRestApiBasicAuth', async () => {
      const { web, operate } = await template('Pattern-GenericRestApiBasicAuth');
      await operate('CheckSystem', 'right', success);
      await operate('CheckSystem', 'wrong', failure, { FuncPassword: 'wrong' });
      await operate('CheckPassword', 'right', success);
      await operate('CheckPassword', 'wrong', mismatch, { AccountPassword: 'wrong' });
      await operate('ChangePassword', 'undeclared Uri', defect);
      web.requests.splice(0);
      // The block that should write what it found is empty.
      const { discovered } = await operate('DiscoverAccounts', 'three pages, of which it writes nothing', success);
      expect(discovered.accounts).toEqual([]);
      expect(web.requests.map(({ query }) => query.get('offset'))).toEqual(['0', '100', '200']);
    });

    test('Pattern-GenericRestApiBearerToken', async () => {
      const { operate } = await template('Pattern-GenericRestApiBearerToken');
      await operate('CheckSystem', 'undeclared Uri', failure);
      await operate('CheckPassword', 'undeclared Uri', mismatch);
      await operate('ChangePassword', 'undeclared Uri', defect);
    });

    test('Pattern-GenericRestApiKeyRotation', async () => {
      const { operate } = await template('Pattern-GenericRestApiKeyRotation');
      await operate('CheckSystem', 'right', success);
      await operate('CheckApiKey', 'right', success);
      await operate('CheckApiKey', 'wrong', mismatch, { ApiKey: 'wrong' });
      await operate('ChangeApiKey', 'undeclared Uri', defect);
    });

    test('Pattern-GenericHttpAccountDiscovery', async () => {
      const { operate } = await template('Pattern-GenericHttpAccountDiscovery');
      await operate('CheckSystem', 'right', success);
      await operate('CheckSystem', 'wrong', failure, { FuncPassword: 'wrong' });
      await operate('DiscoverAccounts', 'undeclared Uri', defect);
    });

    test('Pattern-GenericHttpJitElevation', async () => {
      const { operate } = await template('Pattern-GenericHttpJitElevation');
      await operate('CheckSystem', 'right', success);
      await operate('ElevateAccount', 'undeclared Uri', defect);
      await operate('DemoteAccount', 'undeclared Uri', defect);
    });
  });
});
