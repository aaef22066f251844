import { randomBytes } from 'node:crypto';
import { checkCanary } from '../../../hub-server/src/secrets/checkCanary';
import { createKeyRing } from '../../../hub-server/src/secrets/keyRing';
import { ENGINES, freshLedger, type FreshLedger } from '../../support/freshLedger';

describe.each(ENGINES)('the canary on %s', (engine) => {
	let ledger: FreshLedger;
	beforeEach(async () => {
		ledger = await freshLedger(engine);
	});
	afterEach(() => ledger.close());

	const right = { id: 'k1', key: randomBytes(32) };
	const check = (...keys: Parameters<typeof createKeyRing>[0]) =>
		checkCanary(ledger.database.db, createKeyRing(keys));

	it('lets the first start and every later one with the same key pass', async () => {
		await check(right);

		await expect(check(right)).resolves.toBeUndefined();
	});

	it('lets a rotation pass that keeps the old key', async () => {
		await check(right);

		await expect(check({ id: 'k2', key: randomBytes(32) }, right)).resolves.toBeUndefined();
	});

	it.each([
		['a key with another id', { id: 'k2', key: randomBytes(32) }],
		['another key under the same id', { id: 'k1', key: randomBytes(32) }],
	])('refuses %s', async (_case, wrong) => {
		await check(right);

		await expect(check(wrong)).rejects.toThrow(/does not belong to this ledger/);
	});
});
