import type { FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';

const COLLEAGUE = {
	name: 'Colleague',
	email: 'colleague@example.com',
	password: 'nine quiet bicycles',
};

describe('the lists of what happened', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let receiver: Receiver;
	let tenantId: string;
	let apiKey: string;
	let webhookKey: string;
	let status: number;
	beforeEach(async () => {
		status = 200;
		[portal, receiver] = await Promise.all([
			startPortal({ autoConsent: 'first' }),
			startReceiver((_request, response) => response.writeHead(status).end('thanks')),
		]);
		owner = await portalOwner(portal);
		({ tenantId, apiKey, webhookKey } = await provisionPortal(portal, [receiver.url]));
	});
	afterEach(async () => {
		await portal.close();
		await receiver.close();
	});

	const subscribe = () =>
		portal.hub.call(
			'POST',
			'/api/v1/subscriptions',
			{ url: `${receiver.url}/webhook/x`, events: ['*'] },
			apiKey,
		);
	async function happens(wish: object = {}): Promise<void> {
		const body = payloadOf(xeroEvent({ tenantId, ...wish }));
		await postWebhook(`${portal.url}/webhooks/xero/acme`, body, signatureOf(body, webhookKey));
		await portal.hub.call('GET', '/api/v1/events', undefined, apiKey);
	}
	const linesOf = async (path: string) => {
		const file = await owner.get(path);
		expect(file.headers.get('content-type')).toContain('text/csv');
		return file.html.trim().split(/\r?\n/);
	};

	it('say how many there are, and go the other way round', async () => {
		await happens();
		await happens({ eventCategory: 'INVOICE', eventType: 'CREATE' });

		const ids = async (query: string) =>
			[
				...(await owner.get(`/w/acme/events?${query}`)).html.matchAll(
					/<th scope="row"><a href="\/w\/acme\/events\/([\w-]+)"/g,
				),
			].map(([, id]) => id);

		expect((await owner.get('/w/acme/events')).text).toContain('Events 2');
		expect((await owner.get('/w/acme/events?type=INVOICE+created')).text).toContain('Events 1');
		expect(await ids('sort=oldest')).toEqual((await ids('')).toReversed());
	});

	it('say which filter to loosen when nothing matches, and each way leads to something', async () => {
		await subscribe();
		await happens();

		for (const [path, without] of [
			['/w/acme/events?type=PAYMENT+created&last=24h', ['Payment created', 'Last 24 hours']],
			['/w/acme/deliveries?status=dead&last=1h', ['Failed', 'Last hour']],
		] as const) {
			const page = await owner.get(path);
			for (const words of without) expect(page.text).toContain(`Without ${words}`);
			const ways = [...page.html.matchAll(/href="([^"]+)"[^>]*><svg[\s\S]*?Without/g)];
			const found = await Promise.all(
				ways.map(async ([, href = '']) => (await owner.get(href.replaceAll('&amp;', '&'))).text),
			);
			expect(found).toHaveLength(2);
			expect(found.filter((text) => !text.includes('matches'))).not.toEqual([]);
		}
	});

	it('come as CSV of what is filtered, with no formula of anybody', async () => {
		await subscribe();
		await happens();
		await happens({ eventCategory: 'INVOICE', eventType: 'CREATE' });
		await receiver.until(1);

		expect(await linesOf('/w/acme/events.csv')).toHaveLength(3);
		const [head, line] = await linesOf('/w/acme/events.csv?type=CONTACT+updated');
		expect(head).toContain('Received (UTC),Event,');
		expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,Contact updated,/);
		expect(await linesOf('/w/acme/deliveries.csv')).toHaveLength(3);
		expect(await linesOf('/w/acme/deliveries.csv?status=cancelled')).toHaveLength(1);
	});

	it('give a stranger no file of another workspace, nor one who was removed', async () => {
		await happens();
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Beta' });
		const { id } = (await portal.hub.call('GET', '/api/v1/workspaces/beta')).body;
		const stranger = await invited(portal, owner, COLLEAGUE, {
			...{ role: 'viewer', reach: 'some', workspaces: [id] },
		});

		for (const file of ['events.csv', 'deliveries.csv']) {
			expect((await stranger.get(`/w/acme/${file}`)).status).toBe(404);
			expect((await stranger.get(`/w/beta/${file}`)).status).toBe(200);
		}
		const { html } = await owner.get('/people');
		const row = html.split('<tr>').find((part) => part.includes(COLLEAGUE.email)) ?? '';
		const path = /href="(\/people\/[^"]+)"/.exec(row)?.[1] ?? '';
		await owner.submit(await owner.get(path), `${path}/remove`, { confirmed: 'yes' });
		expect((await stranger.get('/w/beta/events.csv')).at).toContain('/sign-in');
	});

	it('show how far a replay is', async () => {
		await happens();
		await subscribe();
		const at = '/w/acme/deliveries';

		await owner.submit(await owner.get(at), `${at}/replay`, { status: 'all', since: 'day' });
		await receiver.until(1);

		expect((await owner.get(at)).text).toMatch(/(?:Finished|Under way) 1 of 1 delivery/);
		const { html } = await owner.get(at);
		expect(html).not.toContain('Cancel<');
	});

	it('send a workflow a test event at a press, and say what it answered', async () => {
		await subscribe();
		const page = await owner.get('/w/acme/workflows');
		const action = /action="(\/w\/acme\/workflows\/[\w-]+\/test)"/.exec(page.html)?.[1] ?? '';

		const taken = await owner.submit(page, action);
		status = 404;
		const refused = await owner.submit(taken, action);

		expect(taken.text).toContain('took the test event in');
		expect(refused.text).toContain('did not take the test event: it answered 404.');
		expect(receiver.received.map(({ body }) => JSON.parse(body).data)).toEqual([
			{ test: true },
			{ test: true },
		]);
	});

	it('have a catalogue of every type of event, with its schema and an example', async () => {
		const all = await owner.get('/w/acme/catalogue');
		const types = [...all.html.matchAll(/href="\/w\/acme\/catalogue\/([^"?]+)"/g)];

		expect(types.length).toBeGreaterThan(50);
		const paid = await owner.get('/w/acme/catalogue/invoice.paid');
		expect(paid.text).toContain('"Status": "PAID"');
		expect(paid.text).toContain('occurredAt string When it happened in Xero, UTC');
		const bills = await owner.get('/w/acme/catalogue?entity=bill');
		expect(bills.text).not.toContain('contact.updated');
		expect((await owner.get('/w/acme/catalogue/no.such')).status).toBe(404);
		expect((await owner.get('/w/acme/catalogue?entity=nothing')).status).toBe(200);
	});
});
