import { portalOwner } from '../../support/portal/portalOwner';
import type { FormBrowser } from '../../support/portal/formBrowser';
import { OWNER } from '../../support/portal/portalPerson';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

describe('the page of the admin keys', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	beforeAll(async () => {
		portal = await startPortal();
		owner = await portalOwner(portal);
	});
	afterAll(() => portal.close());

	const AT = '/admin-keys';
	const make = async (name: string, expiresAt = '') =>
		owner.submit(await owner.get(AT), AT, { name, expiresAt });
	const keyOn = ({ html }: { html: string }) => /xha_[\w-]{43}/.exec(html)?.[0] ?? '';
	const workspaces = (key: string) =>
		portal.hub.call('GET', '/api/v1/workspaces', undefined, key).then(({ status }) => status);
	const entries = async (action: string) => {
		const { html } = await owner.get('/audit.jsonl');
		return html.split(`"${action}"`).length - 1;
	};

	it('makes one that is shown once, and says who made it', async () => {
		const made = await make('provisioning');

		expect(await workspaces(keyOn(made))).toBe(200);
		const page = await owner.get(AT);
		expect(keyOn(page)).toBe('');
		expect(page.text).toMatch(new RegExp(`provisioning ${OWNER.email}`));
		expect(await entries('admin_key.created')).toBe(1);
	});

	it('takes a last day, and says what is wrong with one', async () => {
		const refused = await make('contractor', 'tomorrow');
		const { status } = refused;
		const made = await make('contractor', '2020-01-01');

		expect(status).toBe(422);
		expect(await workspaces(keyOn(made))).toBe(401);
		expect((await owner.get(AT)).text).toContain('Expired');
	});

	it('revokes one, once somebody has said yes', async () => {
		const key = keyOn(await make('leaver'));
		const { body } = await portal.hub.call('GET', '/api/v1/admin-keys');
		const items = body.items as ReadonlyArray<{ readonly id: string; readonly name: string }>;
		const id = items.find(({ name }) => name === 'leaver')?.id;
		const at = `${AT}/${id}/revoke`;

		const asked = await owner.submit(await owner.get(AT), at);
		expect(asked.text).toContain('the connect links that were made with it end');
		expect(await workspaces(key)).toBe(200);
		const done = await owner.submit(asked, at, { confirmed: 'yes' });

		expect(done.at).toBe(`${AT}?done=admin_key_revoked`);
		expect(await workspaces(key)).toBe(401);
		expect(await entries('admin_key.revoked')).toBe(1);
	});
});
