import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';

import { isReceipt, PROBE, type RelayedEvent } from '../../../hub-server/protocol';
import { receiveRelay } from '../../../nodes/XeroTrigger/receiveRelay';
import { createTakenDeliveries } from '../../../nodes/XeroTrigger/TakenDeliveries';

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
	types: ['contact.updated'],
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

const answering = (status: number | undefined) => ({ status: () => status });

const receive = (
	relay: Omit<Parameters<typeof receiveRelay>[0], 'answer'>,
	taken = createTakenDeliveries(),
	stored: Parameters<typeof receiveRelay>[1] = subscription,
	answer = answering(200),
) => receiveRelay({ ...relay, answer }, stored, taken, NOW);

describe('receiveRelay', () => {
	it('runs the workflow with the event of a delivery that the hub signed', () => {
		expect(receive(signed(JSON.stringify(event)))).toMatchObject({ action: 'run', event });
	});

	it('looks at the bytes, however the JSON is spaced', () => {
		expect(receive(signed(JSON.stringify(event, null, '\t')))).toMatchObject({
			action: 'run',
			event,
		});
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
		const taken = createTakenDeliveries();

		expect(receive(signed(JSON.stringify(event)), taken).action).toBe('run');
		expect(receive(signed(JSON.stringify(event)), taken).action).toBe('acknowledge');
		expect(receive(signed(JSON.stringify(event), { id: 'del-2' }), taken).action).toBe('run');
	});

	it('runs a delivery again that n8n could not save', () => {
		const taken = createTakenDeliveries();
		const relay = signed(JSON.stringify(event));

		receive(relay, taken, subscription, answering(500));

		expect(receive(relay, taken).action).toBe('run');
		expect(receive(relay, taken).action).toBe('acknowledge');
	});

	it('asks the hub to come back while another try has no answer yet', () => {
		const taken = createTakenDeliveries();
		const relay = signed(JSON.stringify(event));
		const answer: { status?: number } = {};
		receive(relay, taken, subscription, { status: () => answer.status });

		const meanwhile = receive(relay, taken);
		answer.status = 200;

		expect(meanwhile).toEqual({ action: 'refuse', status: 503, reason: 'in_flight' });
		expect(receive(relay, taken).action).toBe('acknowledge');
	});

	it('gives a receipt that only who knows the secret can give', () => {
		const decision = receive(signed(JSON.stringify(event)));
		const receipt = 'receipt' in decision ? decision.receipt : undefined;
		const other = `whsec_${randomBytes(32).toString('base64')}`;

		expect(isReceipt(receipt, 'del-1', [subscription.secret])).toBe(true);
		expect(isReceipt(receipt, 'del-1', [other, subscription.secret])).toBe(true);
		expect(isReceipt(receipt, 'del-2', [subscription.secret])).toBe(false);
		expect(isReceipt(receipt, 'del-1', [other])).toBe(false);
		expect(isReceipt(undefined, 'del-1', [subscription.secret])).toBe(false);
		expect(isReceipt('v1,', 'del-1', [subscription.secret])).toBe(false);
	});

	it('answers a probe, each time, and runs nothing', () => {
		const taken = createTakenDeliveries();
		const probe = signed(JSON.stringify({ id: 'probe_1', type: PROBE }), { id: 'probe_1' });

		const answers = [receive(probe, taken), receive(probe, taken)];

		expect(answers.map(({ action }) => action)).toEqual(['acknowledge', 'acknowledge']);
	});

	it('does not let a forged delivery use up the id of the real one', () => {
		const taken = createTakenDeliveries();
		const real = signed(JSON.stringify(event));
		const forged = { ...real, rawBody: Buffer.from('{"id":"evt-1","type":"forged"}') };

		expect(receive(forged, taken)).toMatchObject({ status: 401 });
		expect(receive(real, taken).action).toBe('run');
	});

	it('asks the hub to try again while there is no secret to check with', () => {
		const relay = signed(JSON.stringify(event));

		const unknown = { ...relay, answer: answering(200) };
		expect(receiveRelay(unknown, undefined, createTakenDeliveries(), NOW)).toMatchObject({
			action: 'refuse',
			status: 503,
		});
		expect(receive({ ...relay, rawBody: undefined })).toMatchObject({ status: 503 });
	});

	it.each(['null', '[]', '{"type":"x"}', 'not json'])('refuses %s as an event', (body) => {
		expect(receive(signed(body))).toMatchObject({ action: 'refuse', status: 400 });
	});
});

describe('createTakenDeliveries', () => {
	it('forgets the oldest first, for each subscription by itself', () => {
		const taken = createTakenDeliveries(2);
		const begin = (subscriptionId: string, id: string) =>
			taken.begin(subscriptionId, id, answering(200));

		expect(['a', 'b', 'a', 'c', 'a'].map((id) => begin('one', id))).toEqual([
			...['new', 'new', 'taken', 'new', 'new'],
		]);
		expect(begin('other', 'c')).toBe('new');
	});

	it('keeps nothing of an exchange that is over', () => {
		const taken = createTakenDeliveries();
		const status = jest.fn(() => 200);
		taken.begin('one', 'a', { status });

		taken.settle('one', 'a');
		status.mockClear();

		expect(taken.begin('one', 'a', answering(200))).toBe('taken');
		expect(status).not.toHaveBeenCalled();
	});
});
