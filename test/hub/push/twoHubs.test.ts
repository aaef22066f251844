import { freshPostgresLedger } from '../../support/freshLedger';
import type { FreshDatabase } from '../../support/freshDatabase';
import { xeroIsSandbox } from '../../support/sandboxProcess';
import { startTestHub, type TestHub } from '../../support/startTestHub';
import {
	pushedOrganisation,
	type AnsweredPush,
	type PushedOrganisation,
	type PushWish,
} from './pushedOrganisation';

describe('two hubs on one PostgreSQL', () => {
	let database: FreshDatabase;
	let acme: PushedOrganisation;
	let other: TestHub;
	beforeAll(async () => {
		database = await freshPostgresLedger();
		const env = {
			DATABASE_URL: database.url,
			HUB_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
		};
		acme = await pushedOrganisation({ env });
		other = await startTestHub({
			env: { ...env, ...xeroIsSandbox(acme.sandbox.url), HUB_PUBLIC_URL: acme.portal.url },
		});
		await acme.sandbox.setLimits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000 });
	}, 60_000);
	afterAll(async () => {
		await other.close();
		await acme.close();
		await database.drop();
	});

	/** Four times by each of both. */
	const eightAtOnce = (wish: PushWish) =>
		Promise.all(
			Array.from({ length: 8 }, async (_, index): Promise<AnsweredPush> => {
				const { url } = (index % 2 === 0 ? acme.portal.hub : other).hub;
				const response = await fetch(`${url}/api/v1/pushes`, {
					method: 'POST',
					headers: {
						authorization: `Bearer ${acme.apiKey}`,
						'content-type': 'application/json',
					},
					body: JSON.stringify({
						...{ tenantId: acme.tenantId, system: 'crm', codes: 'xero', ...wish },
					}),
				});
				return acme.finished(((await response.json()) as { id: string }).id);
			}),
		);

	const line = { Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' };
	const Contact = { Name: 'Ridgeway University' };

	it.each([
		['Contacts', 'contact', { Name: 'Eight' }],
		['Invoices', 'invoice', { Contact, LineItems: [line] }],
		['Invoices', 'bill', { Contact, LineItems: [line], InvoiceNumber: '8' }],
		[
			'CreditNotes',
			'credit_note',
			{ Type: 'ACCRECCREDIT', Contact, Date: '2026-11-04', LineItems: [line] },
		],
		['Items', 'item', { Code: 'EIGHT', Name: 'Eight' }],
	])(
		'make one of the %s of a %s that is pushed eight times at once, with answers lost',
		async (list, entity, fields) => {
			const query = list === 'Items' ? '' : '?page=1&pageSize=1000';
			const count = async () => (await acme.atXero(`/${list}${query}`))[list]?.length ?? 0;
			const before = await count();
			await acme.sandbox.setFaults({
				dropAfterCommit: { path: `/${list}`, method: 'PUT', times: 1 },
			});

			const pushes = await eightAtOnce({ entity, records: [{ externalId: 'eight', fields }] });

			const items = pushes.map(({ items: [item] }) => item);
			expect(new Set(items.map((item) => item?.xeroId)).size).toBe(1);
			expect(items.filter((item) => item?.change === 'created')).toHaveLength(1);
			expect(await count()).toBe(before + 1);
		},
		120_000,
	);
});
