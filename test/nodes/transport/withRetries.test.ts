import { withRetries } from '../../../nodes/Xero/transport/withRetries';
import type { XeroTransport } from '../../../nodes/Xero/transport/XeroTransport';
import type { XeroRequest } from '../../../nodes/Xero/messages/XeroRequest';
import type { XeroReply } from '../../../nodes/Xero/messages/XeroReply';

const request: XeroRequest = {
	method: 'PUT',
	path: 'api.xro/2.0/Invoices',
	tenantId: 'tenant-1',
	body: '{}',
	idempotencyKey: 'key-1',
};

const ok: XeroReply = { kind: 'answered', status: 200, headers: {}, body: {} };
const limited: XeroReply = {
	kind: 'answered',
	status: 429,
	headers: { 'x-rate-limit-problem': 'minute', 'retry-after': '3' },
	body: '',
};
const lost: XeroReply = { kind: 'lost', message: 'socket hang up' };

function transportThatAnswers(...replies: XeroReply[]) {
	const sent: XeroRequest[] = [];
	const waits: number[] = [];
	const base: XeroTransport = {
		route: 'direct',
		organisations: async () => ({ ok: true, value: [] }),
		async send(one) {
			sent.push(one);
			return replies[sent.length - 1] ?? ok;
		},
	};
	const build = (isStopped: () => boolean = () => false) =>
		withRetries(base, {
			sleep: async (ms) => void waits.push(ms),
			random: () => 0,
			isStopped,
		});
	return { sent, waits, build };
}

describe('withRetries', () => {
	it('sends the same request, key included, until it is answered', async () => {
		const { sent, waits, build } = transportThatAnswers(limited, lost, ok);

		expect(await build().send(request)).toBe(ok);
		expect(sent).toEqual([request, request, request]);
		expect(waits).toEqual([3000, 1000]);
	});

	it('hands the last answer on when trying again stays in vain', async () => {
		const { sent, build } = transportThatAnswers(lost, lost, lost, lost);

		expect(await build().send(request)).toBe(lost);
		expect(sent).toHaveLength(3);
	});

	describe('a DELETE, for which Xero has no idempotency key', () => {
		const deletion: XeroRequest = { method: 'DELETE', path: 'api.xro/2.0/Items/1', tenantId: 't' };
		const unavailable: XeroReply = { kind: 'answered', status: 502, headers: {}, body: '' };
		const gone: XeroReply = { kind: 'answered', status: 404, headers: {}, body: '' };

		it.each([
			['was lost', lost],
			['broke off at a gateway', unavailable],
		])('is done when its answer %s and Xero then does not know the record', async (_, first) => {
			const { build } = transportThatAnswers(first, gone);

			expect(await build().send(deletion)).toMatchObject({ kind: 'answered', status: 204 });
		});

		it.each([
			['the first answer', [gone]],
			['the answer after a call that Xero did not take', [limited, gone]],
		])('is not found when that is %s', async (_, replies) => {
			const { build } = transportThatAnswers(...replies);

			expect(await build().send(deletion)).toBe(gone);
		});

		it("leaves the hub's own not found alone: it says nothing of the record", async () => {
			const unknown: XeroReply = {
				...gone,
				body: { code: 'connection_not_found', title: 'There is no such connection' },
			};
			const { build } = transportThatAnswers(lost, unknown);

			expect(await build().send(deletion)).toBe(unknown);
		});

		it('is the only method of which a lost answer excuses not found', async () => {
			const { build } = transportThatAnswers(lost, gone);

			expect(await build().send(request)).toBe(gone);
		});
	});

	it('does not try again once the execution is stopped', async () => {
		const { sent, build } = transportThatAnswers(limited, ok);

		expect(await build(() => true).send(request)).toBe(limited);
		expect(sent).toHaveLength(1);
	});
});
