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

	it('keeps payloads for 30 days and events for 90, and neither for less than two', () => {
		expect(loadConfig({}).keepDays).toEqual({ payloads: 30, events: 90 });
		expect(() => loadConfig({ HUB_KEEP_PAYLOAD_DAYS: '1' })).toThrow(/must be 2 days at least/);
		expect(() => loadConfig({ HUB_KEEP_EVENT_DAYS: '10' })).toThrow(
			/HUB_KEEP_EVENT_DAYS: must not be shorter than HUB_KEEP_PAYLOAD_DAYS/,
		);
	});

	it('reads quotas and plans, and names what a plan cannot have', () => {
		const plans = '{"small": {"subscriptions": 20}}';
		const { quotas } = loadConfig({ HUB_QUOTA_STREAMS: '7', HUB_QUOTA_PLANS: plans });

		expect(quotas).toMatchObject({
			usual: { subscriptions: 500, streams: 7 },
			plans: { small: { subscriptions: 20 } },
		});
		for (const wrong of ['small', '{"small": {"subscription": 20}}', '{"small": 20}']) {
			expect(() => loadConfig({ HUB_QUOTA_PLANS: wrong })).toThrow(
				/HUB_QUOTA_PLANS: must be JSON such as .* subscriptions, organisations/,
			);
		}
	});

	it('never tells the password of the mail server, nor the secret of the alerts', () => {
		const fault = () =>
			loadConfig({
				HUB_SMTP_URL: 'http://user:hunter2@mail',
				HUB_ALERT_WEBHOOK_SECRET: 'letmein',
			});

		expect(fault).toThrow(/HUB_ALERT_WEBHOOK_SECRET[^]*HUB_SMTP_URL/);
		expect(fault).not.toThrow(/hunter2|letmein/);
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

	it.each(['https://example.com/hub', 'https://example.com/hub/'])(
		'refuses %s as its own address: its pages know no path',
		(url) => {
			expect(() => loadConfig({ HUB_PUBLIC_URL: url })).toThrow(
				/HUB_PUBLIC_URL: must be a host without a path, such as https:/,
			);
		},
	);

	it.each(['HUB_PUBLIC_URL', 'HUB_ALLOWED_TARGETS', 'XERO_API_URL'])(
		'refuses a password, a query or a fragment in %s',
		(name) => {
			for (const url of ['http://u:hunter2@n8n:5678', 'http://n8n/?a=1', 'http://n8n/#a']) {
				const load = () => loadConfig({ [name]: url });
				expect(load).toThrow(`${name}: must carry no user name, password, ? or #`);
				expect(load).not.toThrow(/hunter2/);
			}
		},
	);

	it('reads the proxies to trust, and trusts none unless told', () => {
		const proxies = 'HUB_TRUSTED_PROXIES';

		expect(loadConfig({}).trustedProxies).toEqual([]);
		expect(loadConfig({ [proxies]: '10.0.0.5, 172.16.0.0/12,fd00::/8' }).trustedProxies).toEqual([
			'10.0.0.5',
			'172.16.0.0/12',
			'fd00::/8',
		]);
	});

	it.each(['proxy', '10.0.0.0/33', '10.0.0/8', '0.0.0.0/0', '::/0', '10.0.0.0/255.0.0.0'])(
		'trusts no %s',
		(network) => {
			expect(() => loadConfig({ HUB_TRUSTED_PROXIES: network })).toThrow(
				/HUB_TRUSTED_PROXIES: must be addresses or networks/,
			);
		},
	);

	it('says what it ignores', () => {
		const warned = loadConfig({ HUB_ROLES: 'ingest' });

		expect(warned.warnings).toEqual([
			'HUB_ROLES leaves out sync only: every process of this version does all the rest.',
		]);
		expect(loadConfig({ HUB_ROLES: 'all' }).warnings).toEqual([]);
	});

	it('takes the address of a Redis, with a password and the number of a database', () => {
		for (const url of ['redis://redis', 'rediss://:hunter2@redis:6380/1', 'redis://h:p@[::1]:1/']) {
			expect(loadConfig({ REDIS_URL: url })).toMatchObject({ redisUrl: url, warnings: [] });
		}
		expect(loadConfig({ REDIS_URL: '' }).redisUrl).toBeUndefined();
	});

	it.each([
		'redis:6379:hunter2',
		'http://:hunter2@redis',
		'redis://:hunter2@redis/zero',
		'redis://:hunter2@redis/1?tls=true',
		'redis://:hunter2@redis/1#x',
		'redis:///1?hunter2',
	])('refuses %s as the address of a Redis, and does not repeat it', (url) => {
		const load = () => loadConfig({ REDIS_URL: url });
		expect(load).toThrow('REDIS_URL: must look like redis://');
		expect(load).not.toThrow(/hunter2/);
	});

	it('takes a provider of OpenID Connect whole, or not at all, and leaves a way in', () => {
		const client = { HUB_OIDC_CLIENT_ID: 'hub', HUB_OIDC_CLIENT_SECRET: 'hunter2' };
		const roles = { HUB_OIDC_ROLES: '{"admins": "owner"}' };
		const issuer = { HUB_OIDC_ISSUER: 'https://login.example.com/tenant/' };

		const whole = loadConfig({ ...issuer, ...client, ...roles, HUB_PASSWORD_SIGN_IN: 'off' });

		expect(whole).toMatchObject({
			takesPasswords: false,
			// As it is written: an issuer is compared letter by letter.
			oidc: { issuer: 'https://login.example.com/tenant/', groupsClaim: 'groups' },
		});
		expect(whole.oidc?.roles).toEqual(new Map([['admins', 'owner']]));
		expect(loadConfig(client).oidc).toBeUndefined();
		expect(() => loadConfig({ ...issuer, ...client })).toThrow('HUB_OIDC_ISSUER: needs');
		expect(() => loadConfig({ ...issuer, ...roles })).toThrow('HUB_OIDC_ISSUER: needs');
		expect(() => loadConfig({ HUB_PASSWORD_SIGN_IN: 'off' })).toThrow('nobody could sign in');
		expect(() => loadConfig({ HUB_OIDC_ROLES: '{"a": "king"}' })).toThrow('HUB_OIDC_ROLES: must');
		const single = { HUB_OIDC_WORKSPACE_ROLES: '{"a": {"acme": "connector"}}' };
		const { workspaceRoles } = loadConfig({ ...issuer, ...client, ...single }).oidc ?? {};
		expect(workspaceRoles?.get('a')?.get('acme')).toBe('connector');
		for (const wrong of [
			'{"a": "viewer"}',
			'{"a": {"acme": "owner"}}',
			'{"a": {"No slug": "viewer"}}',
		]) {
			const set = { HUB_OIDC_WORKSPACE_ROLES: wrong };
			expect(() => loadConfig(set)).toThrow('HUB_OIDC_WORKSPACE_ROLES: must');
		}
	});

	it('drops the slash at the end of an address', () => {
		expect(loadConfig({ HUB_PUBLIC_URL: 'https://hub.example.com/' }).publicUrl).toBe(
			'https://hub.example.com',
		);
	});
});
