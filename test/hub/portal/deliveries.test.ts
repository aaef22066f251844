import type { FormBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';

describe('events and deliveries in the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let receiver: Receiver;
	let tenantId: string;
	let apiKey: string;
	let webhookKey: string;

	beforeEach(async () => {
		[portal, receiver] = await Promise.all([
			startPortal({ autoConsent: 'first' }),
			startReceiver(),
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

	async function happens(): Promise<void> {
		const body = payloadOf(xeroEvent({ tenantId }));
		await postWebhook(`${portal.url}/webhooks/xero/acme`, body, signatureOf(body, webhookKey));
		// The list answers once everything that was acknowledged is in the ledger.
		await portal.hub.call('GET', '/api/v1/events', undefined, apiKey);
	}

	it('explain themselves while there are none', async () => {
		expect((await owner.get('/w/acme/events')).text).toContain('No event yet');
		expect((await owner.get('/w/acme/deliveries')).text).toContain('Nothing was delivered yet');
		expect((await owner.get('/w/acme/activity')).text).toContain('Quiet so far');
		expect((await owner.get('/w/acme/deliveries?status=dead')).text).toContain('Without Failed');
	});

	it('show what Xero sent, what the workflow got and what it answered', async () => {
		await subscribe();
		await happens();
		await receiver.until(1);

		const events = await owner.get('/w/acme/events');
		const event = await owner.get(
			/href="(\/w\/acme\/events\/[\w-]+)"/.exec(events.html)?.[1] ?? '',
		);
		const path = /href="(\/w\/acme\/deliveries\/[\w-]+)"/.exec(event.html)?.[1] ?? '';
		const delivery = await deliveredAt(path);

		expect(events.text).toContain('Contact updated');
		expect(event.text).toContain('"eventDateUtc": "2026-11-02T09:00:00.123"');
		expect(delivery.text).toContain(`${receiver.url}/webhook/x`);
		expect(delivery.text).toContain('"type": "contact.updated"');
		expect(delivery.text).toMatch(/200 .*thanks/);
	});

	/** The attempt is written a moment after the workflow has answered. */
	async function deliveredAt(path: string) {
		for (;;) {
			const page = await owner.get(path);
			if (page.text.includes('thanks')) return page;
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	it('are narrowed down to a type and an organisation, and told apart by the record', async () => {
		await subscribe();
		await happens();
		const body = payloadOf(xeroEvent({ tenantId, eventCategory: 'INVOICE', eventType: 'CREATE' }));
		await postWebhook(`${portal.url}/webhooks/xero/acme`, body, signatureOf(body, webhookKey));
		await portal.hub.call('GET', '/api/v1/events', undefined, apiKey);

		for (const list of ['/w/acme/events', '/w/acme/deliveries']) {
			const rowsOf = async (query: string) =>
				((await owner.get(`${list}?${query}`)).html.match(/<th scope="row">/g) ?? []).length;
			expect(await rowsOf('')).toBe(2);
			expect(await rowsOf('type=INVOICE+created')).toBe(1);
			expect(await rowsOf(`type=CONTACT+updated&org=${tenantId}`)).toBe(1);
			expect(await rowsOf('type=PAYMENT+created')).toBe(0);
			expect(await rowsOf('org=another')).toBe(0);
			expect(await rowsOf('type=%27%22')).toBe(2);
			const page = await owner.get(`${list}?type=INVOICE+created`);
			expect(page.html).toContain('<option value="INVOICE created" selected>Invoice created');
		}
	});

	it('say of an organisation that is switched off why its events were not sent', async () => {
		await subscribe();
		const { items } = (await portal.hub.call('GET', '/api/v1/connections', undefined, apiKey)).body;
		const connection = `/api/v1/connections/${items[0].id}`;
		await portal.hub.call('PATCH', connection, { enabled: false }, apiKey);
		await happens();

		const events = await owner.get('/w/acme/events');
		const event = await owner.get(
			/href="(\/w\/acme\/events\/[\w-]+)"/.exec(events.html)?.[1] ?? '',
		);
		const path = /href="(\/w\/acme\/deliveries\/[\w-]+)"/.exec(event.html)?.[1] ?? '';
		const refused = await owner.submit(await owner.get(path), `${path}/replay`);

		expect(event.text).toContain('0 attempts: The organisation is switched off in this workspace.');
		expect(refused.text).toContain('Switch it on, then send the event again.');
		await portal.hub.call('PATCH', connection, { enabled: true }, apiKey);
		await owner.submit(await owner.get(path), `${path}/replay`);
		await receiver.until(1);
	});

	it('go out again at a press, as a delivery of its own', async () => {
		await subscribe();
		await happens();
		await receiver.until(1);
		const list = await owner.get('/w/acme/deliveries');
		const path = /href="(\/w\/acme\/deliveries\/[\w-]+)"/.exec(list.html)?.[1] ?? '';

		const replay = await owner.submit(await owner.get(path), `${path}/replay`);
		await receiver.until(2);

		expect(replay.at).not.toContain(path);
		expect(replay.text).toContain('The delivery will go out again in a moment.');
		expect(replay.text).toContain('Replay of');
		const [first, second] = receiver.received.map(({ body }) => JSON.parse(body));
		expect(second).toEqual({ ...first, source: 'replay' });
	});

	it('go out to a workflow that came later, when a time range is sent again', async () => {
		await happens();
		await subscribe();
		const at = '/w/acme/deliveries';

		const nothing = await owner.submit(await owner.get(at), `${at}/replay`, {
			status: 'dead',
			since: 'day',
		});
		const sent = await owner.submit(nothing, `${at}/replay`, { status: 'all', since: 'day' });
		await receiver.until(1);

		expect(nothing.text).toContain('Nothing in that time matches');
		expect(sent.text).toContain('1 delivery goes out again now.');
		const refused = await owner.submit(sent, `${at}/replay`, { status: 'some', since: 'ever' });
		expect(refused.text).toContain('Choose what goes out again.');
	});

	it('appear on the activity page by themselves', async () => {
		await subscribe();
		const cookie = [...owner.cookies].map((pair) => pair.join('=')).join('; ');
		const stream = await fetch(`${portal.url}/w/acme/activity/stream?after=`, {
			headers: { cookie },
		});
		const reader = (stream.body as ReadableStream<Uint8Array>).getReader();

		await happens();

		let text = '';
		while (!text.includes('Contact updated') || !text.includes('Delivered')) {
			const { value, done } = await reader.read();
			if (done) throw new Error(`The stream ended after ${text}`);
			text += Buffer.from(value).toString();
		}
		expect(stream.headers.get('content-type')).toBe('text/event-stream');
		expect(text).toMatch(/^id: [\w-]+$/m);
		expect(text.match(/badge info/g)).toHaveLength(1);
		await reader.cancel();
	});

	it('end the activity stream when the hub stops', async () => {
		const cookie = [...owner.cookies].map((pair) => pair.join('=')).join('; ');
		const stream = await fetch(`${portal.url}/w/acme/activity/stream`, { headers: { cookie } });

		await portal.close();

		expect(await stream.text()).toBe(': hello\n\n');
		portal = await startPortal();
	});

	it('tick off the checklist', async () => {
		await subscribe();
		await happens();

		const page = await owner.get('/w/acme');

		expect(page.text).toContain('All is well: connected, and listening');
		expect(page.text).toContain('Set-up is complete');
		expect(page.text).toMatch(/Answered well, last on \d+ \w+ \d{4}, \d\d:\d\d UTC/);
	});
});
