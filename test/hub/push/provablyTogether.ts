import type { Receiver } from '../../support/receiver';
import { twoSystems, type HubBetween, type TwoSystemsWish } from './twoSystems';

/**
 * What "both sides equal, 0 duplicates, at most one echo write an edit" means, counted record by record.
 *
 * An edit is one change by a person on one side. Its transfer is the write by which the other side gets it; edits that
 * follow each other fast, or lose against the other side's, have none of their own. An echo is a write back to the side of the
 * edit, by which that gets its own edit in the other side's spelling. So neither side of a record is written to
 * more often than there were edits of it on both sides; and Xero, which is never told what only the CRM's way
 * of writing has made, not more often than there were edits in the CRM. Once all is quiet, one more round writes nothing.
 */
export async function provablyTogether(
	hub: HubBetween,
	receiver: Receiver,
	wish: TwoSystemsWish,
): Promise<void> {
	await hub.call('POST', '/subscriptions', {
		url: `${receiver.url}/from-xero`,
		events: ['contact.created', 'contact.updated', 'invoice.created', 'invoice.updated'],
		hydrate: true,
	});

	const { pairs, differences, made, lateWrites, disputes, ...figures } = await twoSystems(
		hub,
		receiver,
		wish,
	);

	const { seed } = wish;
	expect({ seed, differences }).toEqual({ seed, differences: [] });
	expect({ seed, made }).toEqual({ seed, made: pairs.length });
	expect({ seed, lateWrites }).toEqual({ seed, lateWrites: [] });
	const tooOften = pairs.filter(
		({ edits, writes }) => writes.crm > edits.crm + edits.xero || writes.xero > edits.crm,
	);
	expect({ seed, tooOften }).toEqual({ seed, tooOften: [] });
	expect(pairs.reduce((sum, { edits }) => sum + edits.crm + edits.xero, 0)).toBe(wish.edits);
	if (wish.edits > 50) {
		expect(Object.values(figures).every((figure) => figure > 0)).toBe(true);
		if (wish.policy === 'xero' || wish.policy === 'ask') expect(disputes).toBeGreaterThan(0);
	}
	const sum = (side: 'crm' | 'xero') => pairs.reduce((all, { writes }) => all + writes[side], 0);
	process.stdout.write(
		`policy ${wish.policy}, seed ${seed}: ${wish.edits} edits, ${sum('xero')} writes in Xero, ` +
			`${sum('crm')} in the CRM, ${disputes} disputes told, ${figures.cuts} cuts, ${figures.lost} answers lost, ${figures.told} events\n`,
	);
}
