import { withRetries } from '../../../nodes/Xero/transport/withRetries';
import type {
	XeroReply,
	XeroRequest,
	XeroTransport,
} from '../../../nodes/Xero/transport/XeroTransport';

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
	const build = (isCancelled: () => boolean = () => false) =>
		withRetries(base, {
			sleep: async (ms) => void waits.push(ms),
			random: () => 0,
			isCancelled,
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

	it('does not try again once the execution is stopped', async () => {
		const { sent, build } = transportThatAnswers(limited, ok);

		expect(await build(() => true).send(request)).toBe(limited);
		expect(sent).toHaveLength(1);
	});
});
