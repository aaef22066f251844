import { randomBytes } from 'node:crypto';
import {
	createSignInSteps,
	STEP_LIFETIME_MS,
	type SignInSteps,
} from '../../hub-server/src/portal/access/signInSteps';
import { createKeyRing } from '../../hub-server/src/secrets/keyRing';
import { ENGINES, freshLedger, type FreshLedger } from '../support/freshLedger';

describe.each(ENGINES)('the steps of a sign-in on %s', (engine) => {
	let ledger: FreshLedger;
	let clock: number;
	let steps: SignInSteps;

	beforeEach(async () => {
		clock = Date.UTC(2026, 10, 2, 9);
		ledger = await freshLedger(engine);
		const keyRing = createKeyRing([{ id: 'k1', key: randomBytes(32) }]);
		steps = createSignInSteps({ db: ledger.database.db, keyRing, now: () => clock });
	});
	afterEach(() => ledger.close());

	const step = (asked: string) => ({ userId: null, asked });

	it('are answered once, also by those who answer at the same time', async () => {
		await steps.begin('totp', 'browser', step('a challenge'));

		const answers = await Promise.all([1, 2, 3].map(() => steps.take('totp', 'browser')));

		expect(answers.filter((one) => one !== undefined)).toEqual([step('a challenge')]);
		expect(await steps.look('totp', 'browser')).toBeUndefined();
	});

	it('belong to one browser and one kind', async () => {
		await steps.begin('totp', 'browser', step('a challenge'));

		expect(await steps.take('totp', 'another browser')).toBeUndefined();
		expect(await steps.take('second_factor', 'browser')).toBeUndefined();
		expect(await steps.look('totp', 'browser')).toEqual(step('a challenge'));
	});

	it('end when another of the kind begins, and after ten minutes', async () => {
		await steps.begin('totp', 'browser', step('first'));
		await steps.begin('totp', 'browser', step('second'));
		expect(await steps.look('totp', 'browser')).toEqual(step('second'));

		clock += STEP_LIFETIME_MS;

		expect(await steps.look('totp', 'browser')).toBeUndefined();
		expect(await steps.take('totp', 'browser')).toBeUndefined();
		await steps.begin('totp', 'yet another', step('third'));
		expect(await ledger.database.db.selectFrom('sign_in_steps').selectAll().execute()).toHaveLength(
			1,
		);
	});

	it('are sealed', async () => {
		await steps.begin('totp', 'browser', step('JBSWY3DPEHPK3PXP'));

		const rows = await ledger.database.db.selectFrom('sign_in_steps').selectAll().execute();

		expect(rows).toHaveLength(1);
		expect(JSON.stringify(rows)).not.toMatch(/JBSWY3DPEHPK3PXP|browser/);
	});
});
