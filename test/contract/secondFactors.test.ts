import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import {
	createSecondFactors,
	type SecondFactors,
} from '../../hub-server/src/portal/access/secondFactors';
import { newTotpSecret } from '../../hub-server/src/portal/access/totp';
import { createUserStore } from '../../hub-server/src/portal/access/userStore';
import { createKeyRing } from '../../hub-server/src/secrets/keyRing';
import { resealSecrets } from '../../hub-server/src/secrets/resealSecrets';
import { ENGINES, freshLedger, type FreshLedger } from '../support/freshLedger';

const OLD = { id: 'old', key: randomBytes(32) };
const NEW = { id: 'new', key: randomBytes(32) };
const HALF_MINUTE = 30_000;

describe.each(ENGINES)('second factors on %s', (engine) => {
	let ledger: FreshLedger;
	let clock: number;
	let factors: SecondFactors;
	let you: string;
	let other: string;
	const now = () => clock;

	beforeEach(async () => {
		clock = Date.UTC(2026, 10, 2, 9);
		ledger = await freshLedger(engine);
		const { db } = ledger.database;
		const users = createUserStore({ db, now });
		factors = createSecondFactors({ db, keyRing: createKeyRing([OLD]), now });
		const person = async (email: string) =>
			(
				await users.create({
					...{ name: email, email, password: 'nine quiet bicycles' },
					...{ role: 'owner', workspaces: 'all' },
				})
			).id;
		[you, other] = [await person('you@example.com'), await person('other@example.com')];
	});
	afterEach(() => ledger.close());

	const codeOf = (secret: string, at = clock) =>
		new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

	async function withApp() {
		const secret = newTotpSecret();
		const codes = await factors.addTotp(you, secret, codeOf(secret));
		if (codes === false) throw new Error('The code should have been right.');
		clock += HALF_MINUTE;
		return { secret, codes };
	}

	it('count once a code of the app has proved it', async () => {
		const secret = newTotpSecret();
		const wrong = codeOf(newTotpSecret());

		expect(await factors.addTotp(you, secret, wrong)).toBe(false);
		expect(await factors.has(you)).toBe(false);
		expect(await factors.addTotp(you, secret, codeOf(secret))).toHaveLength(10);
		expect(await factors.of(you)).toEqual({ totp: true, passkeys: 0, recoveryCodes: 10 });
		expect(await factors.has(other)).toBe(false);
	});

	it('take a code of this half minute and of its neighbours, however it is spaced', async () => {
		const { secret } = await withApp();
		clock += 10 * HALF_MINUTE;

		expect(await factors.checkTotp(you, codeOf(secret, clock - 2 * HALF_MINUTE))).toBe(false);
		expect(await factors.checkTotp(you, codeOf(secret, clock + 2 * HALF_MINUTE))).toBe(false);
		expect(await factors.checkTotp(you, codeOf(secret, clock - HALF_MINUTE))).toBe(true);
		const code = codeOf(secret);
		expect(await factors.checkTotp(you, `${code.slice(0, 3)} ${code.slice(3)}`)).toBe(true);
		expect(await factors.checkTotp(you, codeOf(secret, clock + HALF_MINUTE))).toBe(true);
	});

	it('take no time step twice, nor one before it, also of those who ask at once', async () => {
		const { secret } = await withApp();
		const code = codeOf(secret);

		const answers = await Promise.all([1, 2, 3, 4].map(() => factors.checkTotp(you, code)));

		expect(answers.filter(Boolean)).toHaveLength(1);
		expect(await factors.checkTotp(you, code)).toBe(false);
		expect(await factors.checkTotp(you, codeOf(secret, clock - HALF_MINUTE))).toBe(false);
	});

	it('do not take the code that proved the app', async () => {
		const secret = newTotpSecret();
		await factors.addTotp(you, secret, codeOf(secret));

		expect(await factors.checkTotp(you, codeOf(secret))).toBe(false);
	});

	it('take no code of an app that was replaced, and keep the recovery codes', async () => {
		const first = await withApp();
		const second = await withApp();

		expect(second.codes).toEqual([]);
		expect(await factors.checkTotp(you, codeOf(first.secret))).toBe(false);
		expect(await factors.checkTotp(you, codeOf(second.secret))).toBe(true);
		expect(await factors.useRecoveryCode(you, first.codes[0] ?? '')).toBe(true);
	});

	it('take each recovery code once, of its person only, as people type it', async () => {
		const { codes } = await withApp();
		const [first = '', second = ''] = codes;

		expect(await factors.useRecoveryCode(other, first)).toBe(false);
		const answers = await Promise.all([1, 2, 3].map(() => factors.useRecoveryCode(you, first)));
		expect(answers.filter(Boolean)).toHaveLength(1);
		expect(await factors.useRecoveryCode(you, second.toLowerCase().replaceAll('-', ' '))).toBe(
			true,
		);
		expect(await factors.of(you)).toMatchObject({ recoveryCodes: 8 });
	});

	it('take none of the older recovery codes once there are newer ones', async () => {
		const { codes } = await withApp();

		const fresh = await factors.newRecoveryCodes(you);

		expect(await factors.useRecoveryCode(you, codes[0] ?? '')).toBe(false);
		expect(await factors.useRecoveryCode(you, fresh[0] ?? '')).toBe(true);
	});

	it.each([
		['removed', () => factors.removeTotp(you).then(() => factors.tidy(you))],
		['reset', () => factors.reset(you)],
	])('ask for nothing once they are %s', async (_how, end) => {
		const { secret, codes } = await withApp();

		await end();

		expect(await factors.of(you)).toEqual({ totp: false, passkeys: 0, recoveryCodes: 0 });
		expect(await factors.checkTotp(you, codeOf(secret))).toBe(false);
		expect(await factors.useRecoveryCode(you, codes[0] ?? '')).toBe(false);
		expect(await factors.reset(you)).toBe(false);
	});

	it('are sealed, and sealed anew with the others', async () => {
		const { secret, codes } = await withApp();
		const { db } = ledger.database;
		const kept = JSON.stringify([
			await db.selectFrom('user_totps').selectAll().execute(),
			await db.selectFrom('recovery_codes').selectAll().execute(),
		]);

		await resealSecrets({ db, keyRing: createKeyRing([NEW, OLD]) });

		expect(kept).not.toContain(secret);
		expect(kept).not.toContain((codes[0] ?? '').replaceAll('-', ''));
		const after = createSecondFactors({ db, keyRing: createKeyRing([NEW]), now });
		expect(await after.checkTotp(you, codeOf(secret))).toBe(true);
	});
});
