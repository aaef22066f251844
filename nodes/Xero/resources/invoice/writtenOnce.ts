import { comparable } from '../../../../hub-server/protocol/xero';
import { refuseInput, success, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import type { OperationRun } from '../../run/OperationRun';
import { placeAtStart } from '../../values/placeOf';

interface Writer {
	readonly item: number;
	/** What names the supplier of a new bill; empty where the invoice is known without. */
	readonly namedBy: 'ContactID' | 'Name' | '';
	readonly contact: string;
}

/**
 * Lets each invoice be written once in a run: a second item would replace what the first one wrote, or
 * make the same bill again.
 */
export function writtenOnce(
	run: OperationRun,
): (item: number, invoice: Members) => Promise<Outcome<Members>> {
	const writers = new Map<string, Writer[]>();
	return async (item, invoice) => {
		const tenantId = await run.organisationOf(item);
		if (!tenantId.ok) return tenantId;
		const { InvoiceID: id, InvoiceNumber: number, Type: type } = invoice;
		if (id === undefined && number === undefined) return success(invoice);

		const isNewBill = id === undefined && type === 'ACCPAY';
		const known = JSON.stringify([
			tenantId.value,
			id === undefined ? 'number' : 'id',
			isNewBill,
			comparable(id ?? number),
		]);
		const before = writers.get(known) ?? [];
		const writer = { item, ...(isNewBill ? supplierOf(invoice) : NOBODY) };
		const twin = before.find(
			({ namedBy, contact }) => namedBy !== writer.namedBy || contact === writer.contact,
		);
		if (twin === undefined) {
			writers.set(known, [...before, writer]);
			return success(invoice);
		}
		const called = JSON.stringify(String(number ?? id));
		const what = type === 'ACCPAY' ? 'bill of this contact' : 'invoice';
		const place = placeAtStart([twin.item, item].map((one) => run.inputItems(one)[0] ?? one));
		return twin.namedBy === writer.namedBy
			? refuseInput(
					`${place}, write the same ${what}: ${called}`,
					'Where several items are lines of one document, choose Line Items From: Input Items.',
				)
			: refuseInput(
					`${place}, write a new bill ${called}, one with the name of the contact and one with its ID: they may be the same bill`,
					'Name the contact in the same way in all items.',
				);
	};
}

const NOBODY = { namedBy: '', contact: '' } as const;

function supplierOf({ Contact }: Members): Pick<Writer, 'namedBy' | 'contact'> {
	const { ContactID, Name } = (Contact ?? {}) as Members;
	return ContactID === undefined
		? { namedBy: 'Name', contact: comparable(Name ?? JSON.stringify(Contact)) }
		: { namedBy: 'ContactID', contact: comparable(ContactID) };
}
