import { MAX_IN_FLIGHT } from '../../../nodes/Xero/transport/createPacer';
import { untilStopped } from '../../../nodes/Xero/transport/untilStopped';
import { withPacing } from '../../../nodes/Xero/transport/withPacing';
import type { XeroTransport } from '../../../nodes/Xero/transport/XeroTransport';
import type { XeroRequest } from '../../../nodes/Xero/messages/XeroRequest';
import type { XeroReply } from '../../../nodes/Xero/messages/XeroReply';

const ok: XeroReply = { kind: 'answered', status: 200, headers: {}, body: {} };
const request = (tenantId: string): XeroRequest => ({ method: 'GET', path: 'Contacts', tenantId });

function transportThat(send: XeroTransport['send']): XeroTransport {
	return { route: 'direct', organisations: async () => ({ ok: true, value: [] }), send };
}

const clock = { sleep: async () => {}, now: () => 0 };

describe('pacing', () => {
	it('keeps organisations apart, and runs of one process together', async () => {
		const sent: string[] = [];
		const never = transportThat(async ({ tenantId }) => {
			sent.push(tenantId);
			return await new Promise<XeroReply>(() => {});
		});
		const pacers = new Map();

		for (let call = 0; call < MAX_IN_FLIGHT; call += 1) {
			void withPacing(never, clock, pacers).send(request('busy'));
		}
		void withPacing(never, clock, pacers).send(request('busy'));
		void withPacing(never, clock, pacers).send(request('quiet'));
		await new Promise<void>((resolve) => setImmediate(resolve));

		expect(sent).toEqual([...Array<string>(MAX_IN_FLIGHT).fill('busy'), 'quiet']);
	});

	it('gives the place of a call back that failed before it left', async () => {
		const pacers = new Map();
		const broken = transportThat(async () => {
			throw new Error('The credential is gone');
		});
		for (let call = 0; call <= MAX_IN_FLIGHT; call += 1) {
			await expect(withPacing(broken, clock, pacers).send(request('t'))).rejects.toThrow('gone');
		}

		const fine = transportThat(async () => ok);
		expect(await withPacing(fine, clock, pacers).send(request('t'))).toBe(ok);
	});
});

describe('a stopped execution', () => {
	it('sends nothing more, also what has waited for its turn', async () => {
		let isStopped = false;
		const sent: XeroRequest[] = [];
		const transport = untilStopped(
			transportThat(async (one) => {
				sent.push(one);
				return ok;
			}),
			() => isStopped,
		);

		const before = await transport.send(request('t'));
		isStopped = true;
		const after = await transport.send(request('t'));

		expect([before, after]).toEqual([ok, { kind: 'stopped' }]);
		expect(sent).toHaveLength(1);
	});
});
