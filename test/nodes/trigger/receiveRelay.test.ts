import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';

import type { RelayedEvent } from '../../../hub-server/protocol';
import { receiveRelay } from '../../../nodes/XeroTrigger/receiveRelay';
import { createSeenDeliveries } from '../../../nodes/XeroTrigger/SeenDeliveries';

const NOW = 1_700_000_000;
const subscription = {
	id: 'sub-1',
	secret: `whsec_${randomBytes(32).toString('base64')}`,
};

const event: RelayedEvent = {
	id: 'evt-1',
	type: 'invoice.updated',
	workspace: 'acme',
	tenant: { id: 'tenant-1', name: 'Demo Company' },
	source: 'webhook',
	occurredAt: '2026-11-22T10:00:00.000Z',
	receivedAt: '2026-11-22T10:00:01.000Z',
	resource: {
		id: 'inv-1',
		url: 'https://api.xero.com/api.xro/2.0/Invoices/inv-1',
		entity: 'invoice',
	},
};

/** Signed by an independent implementation of Standard Webhooks. */
function signed(body: string, { id = 'del-1', at = NOW, secret = subscription.secret } = {}) {
	return {
		rawBody: Buffer.from(body),
		headers: {
			'webhook-id': id,
			'webhook-timestamp': String(at),
			'webhook-signature': new Webhook(secret).sign(id, new Date(at * 1000), body),
		},
	};
}

const receive = (
	relay: Parameters<typeof receiveRelay>[0],
	seen = createSeenDeliveries(),
	stored: Parameters<typeof receiveRelay>[1] = subscription,
) => receiveRelay(relay, stored, seen, NOW);

describe('receiveRelay', () => {
	it('runs the workflow with the event of a delivery that the hub signed', () => {
		expect(receive(signed(JSON.stringify(event)))).toEqual({ action: 'run', event });
	});

	it('looks at the bytes, however the JSON is spaced', () => {
		expect(receive(signed(JSON.stringify(event, null, '\t')))).toEqual({ action: 'run', event });
	});

	it('refuses any body in which one byte differs', () => {
		const relay = signed(JSON.stringify(event));

		fc.assert(
			fc.property(
				fc.nat(relay.rawBody.length - 1),
				fc.integer({ min: 1, max: 255 }),
				(at, mask) => {
					const rawBody = Buffer.from(relay.rawBody);
					rawBody[at] = (rawBody[at] as number) ^ mask;

					expect(receive({ ...relay, rawBody })).toEqual({
						action: 'refuse',
						status: 401,
						reason: 'bad_signature',
					});
				},
			),
		);
	});

	it('refuses a signature with another secret, and one without headers', () => {
		const other = `whsec_${randomBytes(32).toString('base64')}`;

		expect(receive(signed(JSON.stringify(event), { secret: other }))).toMatchObject({
			status: 401,
		});
		expect(receive({ headers: {}, rawBody: Buffer.from('{}') })).toMatchObject({ status: 401 });
	});

	it.each([-301, 301])('refuses a delivery signed %i seconds from now', (offset) => {
		expect(receive(signed(JSON.stringify(event), { at: NOW + offset }))).toEqual({
			action: 'refuse',
			status: 401,
			reason: 'outside_tolerance',
		});
	});

	it('lets a delivery through once, and another delivery of the same event again', () => {
		const seen = createSeenDeliveries();

		expect(receive(signed(JSON.stringify(event)), seen).action).toBe('run');
		expect(receive(signed(JSON.stringify(event)), seen).action).toBe('ignore');
		expect(receive(signed(JSON.stringify(event), { id: 'del-2' }), seen).action).toBe('run');
	});

	it('does not let a forged delivery use up the id of the real one', () => {
		const seen = createSeenDeliveries();
		const real = signed(JSON.stringify(event));
		const forged = { ...real, rawBody: Buffer.from('{"id":"evt-1","type":"forged"}') };

		expect(receive(forged, seen)).toMatchObject({ status: 401 });
		expect(receive(real, seen).action).toBe('run');
	});

	it('asks the hub to try again while there is no secret to check with', () => {
		const relay = signed(JSON.stringify(event));

		expect(receiveRelay(relay, undefined, createSeenDeliveries(), NOW)).toMatchObject({
			action: 'refuse',
			status: 503,
		});
		expect(receive({ ...relay, rawBody: undefined })).toMatchObject({ status: 503 });
	});

	it.each(['null', '[]', '{"type":"x"}', 'not json'])('refuses %s as an event', (body) => {
		expect(receive(signed(body))).toMatchObject({ action: 'refuse', status: 400 });
	});
});

describe('createSeenDeliveries', () => {
	it('forgets the oldest first, for each subscription by itself', () => {
		const seen = createSeenDeliveries(2);

		expect(['a', 'b', 'a', 'c', 'a'].map((id) => seen.add('one', id))).toEqual([
			true,
			true,
			false,
			true,
			true,
		]);
		expect(seen.add('other', 'c')).toBe(true);
	});
});
