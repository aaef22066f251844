import { InvalidConfigError, loadConfig } from '../../../hub-server/src/config/loadConfig';

const KEY = Buffer.alloc(32, 1).toString('base64');

describe('configuration', () => {
	it('needs nothing: the hub runs embedded, on this machine', () => {
		expect(loadConfig({})).toMatchObject({
			host: '127.0.0.1',
			port: 8787,
			publicUrl: 'http://localhost:8787',
			dataDir: './data',
			databaseUrl: undefined,
			xero: {
				login: 'https://login.xero.com',
				identity: 'https://identity.xero.com',
				api: 'https://api.xero.com',
			},
		});
	});

	it('lists every fault at once, by variable, without the values', () => {
		const fault = () =>
			loadConfig({
				HUB_PORT: 'eighty',
				DATABASE_URL: 'mysql://user:hunter2@db/x',
				HUB_ENCRYPTION_KEYS: 'k1:c2hvcnQ=',
				HUB_ADMIN_KEY: 'letmein',
			});

		expect(fault).toThrow(InvalidConfigError);
		expect(fault).toThrow(/HUB_PORT[^]*DATABASE_URL[^]*HUB_ENCRYPTION_KEYS[^]*HUB_ADMIN_KEY/);
		expect(fault).not.toThrow(/hunter2|c2hvcnQ|letmein/);
	});

	it('takes an empty variable for an unset one', () => {
		expect(loadConfig({ DATABASE_URL: '', HUB_PUBLIC_URL: '' }).databaseUrl).toBeUndefined();
	});

	it('reads the key ring in order: the first key encrypts', () => {
		const { encryptionKeys } = loadConfig({ HUB_ENCRYPTION_KEYS: `new:${KEY},old:${KEY}` });

		expect(encryptionKeys?.map(({ id }) => id)).toEqual(['new', 'old']);
	});

	it('refuses two keys with one id', () => {
		expect(() => loadConfig({ HUB_ENCRYPTION_KEYS: `a:${KEY},a:${KEY}` })).toThrow(/each id once/);
	});

	it('drops the slash at the end of an address', () => {
		expect(loadConfig({ HUB_PUBLIC_URL: 'https://hub.example.com/' }).publicUrl).toBe(
			'https://hub.example.com',
		);
	});
});
