import type { IExecuteFunctions } from 'n8n-workflow';

import { toItems } from '../../../nodes/Xero/output/toItems';
import type { ItemOutcome } from '../../../nodes/Xero/run/ItemOutcome';

/** A node that goes on after a failure. */
const context = {
	continueOnFail: () => true,
	getNode: () => ({ typeVersion: 1, type: 'xero', parameters: {} }),
} as unknown as IExecuteFunctions;

describe('the output of a run', () => {
	it('says on each of a thousand failures how much stands, and counts that once', () => {
		let looks = 0;
		const outcome = (position: number): ItemOutcome => ({
			get status() {
				looks++;
				return 'failed' as const;
			},
			failure: { kind: 'input', message: `No ${position}` },
		});
		const outcomes = Array.from({ length: 1_000 }, (_, position) => outcome(position));

		const items = toItems(context, { effect: 'write', outcomes });

		expect(items).toHaveLength(1_000);
		expect(items[7]?.json).toEqual({
			error: 'No 7',
			details: '0 of 1000 items are already saved in Xero. 999 besides row 8, item index 7 failed.',
		});
		expect(looks).toBeLessThan(10 * outcomes.length);
	});
});
