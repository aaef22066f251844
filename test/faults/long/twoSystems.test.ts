import { provablyTogether } from '../../hub/push/provablyTogether';
import { pushingProcess, type PushingProcess } from '../../hub/push/pushingProcess';
import { startReceiver, type Receiver } from '../../support/receiver';

/** In all. */
const EDITS = Number(process.env['BOTH_WAYS_EDITS'] ?? 1_000);
const SEED = Number(process.env['BOTH_WAYS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const POLICIES = (process.env['BOTH_WAYS_POLICIES'] ?? 'external,xero,latest,ask').split(',');

describe.each(POLICIES)('a CRM and Xero under the policy %s', (policy) => {
	let acme: PushingProcess;
	let receiver: Receiver;
	beforeAll(async () => {
		receiver = await startReceiver();
		acme = await pushingProcess({}, [receiver.url]);
	}, 60_000);
	afterAll(async () => {
		await acme.close();
		await receiver.close();
	});

	const edits = Math.ceil(EDITS / POLICIES.length);

	it(
		`are equal after ${edits} edits on both sides with a hub that is killed between (seed ${SEED})`,
		async () => {
			await provablyTogether(
				{
					...acme,
					async cut() {
						await acme.kill();
						await acme.start();
					},
				},
				receiver,
				{
					policy: policy as 'external' | 'xero' | 'latest' | 'ask',
					...{ edits, seed: SEED, cutEvery: 20, records: 3 },
				},
			);
		},
		120_000 + edits * 10_000,
	);
});
