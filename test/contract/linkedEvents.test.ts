import { createLinkStore } from '../../hub-server/src/links/createLinkStore';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { relayBody } from '../../hub-server/src/relay/relayBody';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, TENANT, type LedgerFixture } from './ledgerFixture';

describe.each(ENGINES)('events of linked records, on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	it('say what the record is in other systems, each of its own', async () => {
		await f.subscribe(['*']);
		const links = createLinkStore({ ...f, recordSealOf: createRecordSeals(f) });
		const contact = anEvent();
		const bill = anEvent({ eventCategory: 'INVOICE' });
		const alone = anEvent();
		const of = { tenantId: TENANT, system: 'crm' };
		const link = (change: object, xeroId: string, workspaceId = f.workspace.id) =>
			links.put(
				workspaceId,
				{ ...of, entity: 'contact', externalId: 'c-1', ...change },
				{ xeroId },
			);
		await link({}, contact.resourceId);
		await link({ system: 'shop', externalId: 's-1' }, contact.resourceId);
		await link({ entity: 'bill', externalId: 'b-1' }, bill.resourceId);
		// Neither another entity's nor another workspace's.
		await link({ entity: 'item', externalId: 'i-1' }, alone.resourceId);
		const other = await f.workspaces.create({ name: 'Other' });
		await link({}, alone.resourceId, other.id);
		await f.accept([contact, bill, alone]);

		const deliveries = await f.deliveries.claim(CLAIM);

		const told = new Map(
			deliveries.map((delivery) => [
				delivery.event.resourceId,
				relayBody(delivery, { type: 'raw', classified: true }).links,
			]),
		);
		expect(told).toEqual(
			new Map([
				[
					contact.resourceId,
					[
						{ system: 'crm', externalId: 'c-1' },
						{ system: 'shop', externalId: 's-1' },
					],
				],
				[bill.resourceId, [{ system: 'crm', externalId: 'b-1' }]],
				[alone.resourceId, []],
			]),
		);
	});
});
