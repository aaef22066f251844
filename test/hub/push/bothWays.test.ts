import { startReceiver, type Receiver } from '../../support/receiver';
import { provablyTogether } from './provablyTogether';
import { pushedOrganisation, type PushedOrganisation } from './pushedOrganisation';

/** The short form; `test/faults/long/twoSystems.test.ts` has the long one. */
const EDITS = 12;
const SEED = Number(process.env['BOTH_WAYS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe.each(['external', 'xero', 'latest', 'ask'] as const)(
	'a CRM and Xero under the policy %s',
	(policy) => {
		let acme: PushedOrganisation;
		let receiver: Receiver;
		beforeAll(async () => {
			receiver = await startReceiver();
			acme = await pushedOrganisation({ n8nBaseUrls: [receiver.url] });
			await acme.sandbox.setLimits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000 });
		}, 60_000);
		afterAll(async () => {
			await acme.close();
			await receiver.close();
		});

		it(`are equal after ${EDITS} edits on both sides, whatever is cut off meanwhile (seed ${SEED})`, async () => {
			await provablyTogether(
				{
					...acme,
					atXero: acme.writeToXero,
					cut: () => acme.portal.hub.restart(),
				},
				receiver,
				{ policy, edits: EDITS, seed: SEED, cutEvery: 8, records: 1 },
			);
		}, 120_000);
	},
);
