import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { present } from '../../../nodes/Xero/output/present';

const invoice = {
	InvoiceID: '243216c5-369e-4056-ac67-05388f86dc81',
	Date: '/Date(1540339200000+0000)/',
	Total: 100,
	Contact: { ContactID: '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777', Name: 'City Limousines' },
	LineItems: [{ Description: 'Hire', LineAmount: 100 }],
};

const simplify = ({ InvoiceID, Contact }: IDataObject): IDataObject => ({
	InvoiceID,
	ContactName: (Contact as IDataObject | undefined)?.Name,
});

describe('a record of Xero as the workflow gets it', () => {
	it('has readable days, unless it is wanted raw', () => {
		expect(present(invoice, { raw: false })).toEqual({ ...invoice, Date: '2018-10-24' });
		expect(present(invoice, { raw: true, simplify })).toBe(invoice);
	});

	it('has the chosen fields only, in their order: of Xero, of the simplified record, or below a member', () => {
		const fields = ['InvoiceID', 'Contact.Name', 'ContactName', 'Date'];

		const chosen = present(invoice, { raw: false, simplify, fields });

		expect(Object.entries(chosen)).toEqual([
			['InvoiceID', invoice.InvoiceID],
			['Contact.Name', 'City Limousines'],
			['ContactName', 'City Limousines'],
			['Date', '2018-10-24'],
		]);
	});

	it('leaves out what the record does not have, whatever is asked for', () => {
		const name = fc.oneof(
			fc.constantFrom(
				...Object.keys(invoice),
				'toString',
				'__proto__',
				'Contact.',
				'Contact.toString',
			),
			fc.string(),
		);

		fc.assert(
			fc.property(fc.array(name), (fields) => {
				const chosen = present(invoice, { raw: false, fields });

				const expected = fields.filter((field) => Object.keys(invoice).includes(field));
				expect(Object.keys(chosen).sort()).toEqual([...new Set(expected)].sort());
			}),
		);
	});
});
