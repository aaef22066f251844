import { createConnectLink } from '../../../hub-server/src/connect/connectLink';
import { ENGINES } from '../../support/freshLedger';
import { startXeroSide, type XeroSide } from './xeroSide';

describe.each(ENGINES)('the old public link of a workspace on %s', (engine) => {
	let hub: XeroSide;
	beforeEach(async () => {
		hub = await startXeroSide(engine, { publicLink: true });
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	const open = async () => {
		const answer = await fetch(`${hub.url}/connect/acme`, { redirect: 'manual' });
		return { status: answer.status, headers: answer.headers, html: await answer.text() };
	};
	const begun = async () =>
		(await hub.db.selectFrom('connect_states').select('state_hash').execute()).length;
	const switchOff = () => hub.workspaces.update('acme', { connectLink: false });

	it('begins no more consents than a person needs, and says when to come back', async () => {
		const statuses = new Set<number>();
		for (let opened = 0; opened < 20; opened += 1) statuses.add((await open()).status);

		const { status, headers, html } = await open();

		expect(statuses).toEqual(new Set([302]));
		expect(status).toBe(429);
		expect(headers.get('retry-after')).toBe('5');
		expect(html).toContain('Try again in 5 s.');
		expect(await begun()).toBe(20);
		hub.advance(5_000);
		expect((await open()).status).toBe(302);
	});

	it('begins nothing while it is switched off, and says so', async () => {
		await switchOff();

		const { status, html } = await open();

		expect(status).toBe(403);
		expect(html).toContain('This link is switched off');
		expect(await begun()).toBe(0);
	});

	it('leaves consents alone that began over the API while it is switched off', async () => {
		await switchOff();

		const callback = await hub.consent(await hub.startConnect());

		expect((await fetch(callback)).status).toBe(200);
	});

	it('is not where a person is sent to start again while it is switched off', async () => {
		const linkOf = createConnectLink(hub.workspaces, 'https://hub.example');
		expect(await linkOf(hub.workspace.id)).toBe('https://hub.example/connect/acme');
		await switchOff();

		const cancelled = await hub.consent(await hub.startConnect(), { action: 'cancel' });

		expect(await (await fetch(cancelled)).text()).toContain(
			'href="http://localhost:8787/w/acme/organisations"',
		);
		expect(await linkOf(hub.workspace.id)).toBe('https://hub.example/w/acme/organisations');
	});
});
