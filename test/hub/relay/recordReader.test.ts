import type { ReadRecords } from '../../../hub-server/src/records/readRecords';
import type { ClaimedEvent, RecordLedger } from '../../../hub-server/src/relay/recordLedger';
import { startRecordReader } from '../../../hub-server/src/relay/recordReader';
import { shareSlots } from '../../../hub-server/src/relay/shareSlots';

const event = (id: string, tenantId: string, category = 'CONTACT'): ClaimedEvent => ({
	id,
	leaseId: 'lease',
	workspaceId: 'acme',
	tenantId,
	category,
	change: 'updated',
	resourceId: id,
	attempt: 1,
});

/** A ledger in memory that gives what waits, an organisation at a time, and tells what was finished. */
function ledgerOf(waiting: ClaimedEvent[]) {
	const finished: string[] = [];
	let changed = () => {};
	const ledger: RecordLedger = {
		async claim({ slots }) {
			if (!slots) throw new Error('the reader tells what it has under way');
			const orgOf = ({ workspaceId, tenantId }: ClaimedEvent) => `${workspaceId} ${tenantId}`;
			const queues = [...new Set(waiting.map(orgOf))].map((id) => ({
				id,
				workspaceId: 'acme',
				isProbed: false,
			}));
			const shares = shareSlots(queues, { ...slots, perQueue: 1 });
			const claimed = waiting.filter((one) => shares.has(orgOf(one)));
			for (const one of claimed) waiting.splice(waiting.indexOf(one), 1);
			return claimed;
		},
		async finish(outcomes) {
			finished.push(...outcomes.map((one) => one.event.id));
			changed();
			return [];
		},
	};
	return {
		ledger,
		finished,
		async until(id: string) {
			while (!finished.includes(id)) {
				await new Promise<void>((resolve) => {
					changed = resolve;
				});
			}
		},
	};
}

const start = (
	ledger: RecordLedger,
	readRecords: ReadRecords,
	onFault: (cause: unknown) => void = () => {},
) =>
	startRecordReader({
		ledger,
		readRecords,
		onReleased: () => {},
		onUnavailable: () => {},
		onFault,
		pollMs: 5,
	});

const found: Awaited<ReturnType<ReadRecords>> = { kind: 'read', records: new Map() };

describe('the reader of records', () => {
	it('goes on with the others while Xero does not answer for one organisation', async () => {
		const waiting = [event('stuck', 'hangs')];
		const t = ledgerOf(waiting);
		let answer = () => {};
		const reader = start(t.ledger, async ({ tenantId }) => {
			if (tenantId === 'hangs') await new Promise<void>((resolve) => (answer = resolve));
			return found;
		});

		waiting.push(event('quick', 'answers'));
		await t.until('quick');
		expect(t.finished).toEqual(['quick']);
		answer();
		await t.until('stuck');

		await reader.stop();
	});

	it('asks once for all of one organisation and kind', async () => {
		const asked: string[] = [];
		const t = ledgerOf([
			event('a', 'one'),
			event('b', 'one'),
			event('c', 'one', 'INVOICE'),
			event('d', 'two'),
		]);
		const reader = start(t.ledger, async ({ tenantId, category, ids }) => {
			asked.push(`${tenantId} ${category} ${ids.join()}`);
			return found;
		});

		for (const id of ['a', 'b', 'c', 'd']) await t.until(id);
		await reader.stop();

		expect(asked.sort()).toEqual(['one CONTACT a,b', 'one INVOICE c', 'two CONTACT d']);
	});

	it('tells of a fault and goes on', async () => {
		const faults: unknown[] = [];
		const waiting = [event('bad', 'breaks')];
		const t = ledgerOf(waiting);
		const reader = start(
			t.ledger,
			async ({ tenantId }) => {
				if (tenantId === 'breaks') throw new Error('the database is away');
				return found;
			},
			(cause) => faults.push(cause),
		);

		waiting.push(event('good', 'works'));
		await t.until('good');
		await reader.stop();

		expect(faults.map(String)).toEqual(['Error: the database is away']);
	});

	it('waits at its end for the reads under way', async () => {
		const t = ledgerOf([event('slow', 'one')]);
		const asked = Promise.withResolvers<void>();
		const answered = Promise.withResolvers<void>();
		const reader = start(t.ledger, async () => {
			asked.resolve();
			await answered.promise;
			return found;
		});
		await asked.promise;

		const stopping = reader.stop();
		answered.resolve();
		await stopping;

		expect(t.finished).toEqual(['slow']);
	});
});
