import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { formatSecrets } from '../../../hub-server/src/administration/secretFormats';

const SECRETS = {
	accessToken: 'header.payload.signature',
	expiresIn: 1799,
	scope: 'offline_access accounting.contacts',
	tenantId: 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f',
	tenantUrl: 'https://api.xero.com/api.xro/2.0',
	clientId: 'THE-CLIENT',
	clientSecret: 'the-secret',
	webhookKey: 'a+webhook/key==',
};

describe('the seven secrets of an embedded connector', () => {
	it('are lines of an environment file', () => {
		expect(parseEnv(formatSecrets(SECRETS, 'env'))).toEqual({
			XERO_ACCESS_TOKEN: SECRETS.accessToken,
			XERO_SCOPE: SECRETS.scope,
			XERO_EXPIRES_IN: '1799',
			XERO_CLIENT_ID: SECRETS.clientId,
			XERO_CLIENT_SECRET: SECRETS.clientSecret,
			XERO_TENANT_URL: SECRETS.tenantUrl,
			XERO_WEBHOOK_KEY: SECRETS.webhookKey,
			XERO_TENANT_ID: SECRETS.tenantId,
		});
	});

	it('are exactly the variables that Pandium’s connector reads', () => {
		expect(Object.keys(parseEnv(formatSecrets(SECRETS, 'pan'))).sort()).toEqual([
			'PAN_SEC_XERO_ACCESS_TOKEN',
			'PAN_SEC_XERO_CLIENT_ID',
			'PAN_SEC_XERO_CLIENT_SECRET',
			'PAN_SEC_XERO_EXPIRES_IN',
			'PAN_SEC_XERO_SCOPE',
			'PAN_SEC_XERO_TENANT_URL',
			'PAN_SEC_XERO_WEBHOOK_KEY',
		]);
	});

	it('are JSON as the API answers it', () => {
		expect(JSON.parse(formatSecrets(SECRETS, 'json'))).toEqual(SECRETS);
	});

	it('are empty where no webhook key is saved', () => {
		const text = formatSecrets({ ...SECRETS, webhookKey: null }, 'env');

		expect(text).toContain('XERO_WEBHOOK_KEY=\n');
	});

	it('never end their line early, whatever their characters', () => {
		const printable = fc.stringMatching(/^[!-&(-~ ]{1,40}$/);
		fc.assert(
			fc.property(printable, (clientSecret) => {
				const read = parseEnv(formatSecrets({ ...SECRETS, clientSecret }, 'env'));

				expect(read['XERO_CLIENT_SECRET']).toBe(clientSecret);
				expect(Object.keys(read)).toHaveLength(8);
			}),
		);
	});
});
