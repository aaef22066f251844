import { documentLines, type RecordTraits } from '../../../nodes/Xero/requests/RecordTraits';
import { likenessOf } from '../../../nodes/Xero/requests/likenessOf';

const traits: RecordTraits = {
	members: ['Reference', 'Contact', 'Date', 'Amount'],
	parts: documentLines,
};
const pens = { Description: 'Pens', Quantity: 2, UnitAmount: 1.5, AccountCode: '200' };
const ink = { Description: 'Ink', Quantity: 1, UnitAmount: 9 };

describe('a record of Xero’s and what was sent', () => {
	it.each([
		['nothing was sent of what is compared', {}, { Reference: 'A' }],
		['texts differ in case and blanks only', { Reference: 'PO  7 ' }, { Reference: 'po 7' }],
		['days are written in two ways', { Date: '2026-11-30T10:00:00' }, { Date: '2026-11-30' }],
		['a sent day has Xero’s own form', { Date: '/Date(1764460800000)/' }, { Date: '2025-11-30' }],
		['an amount is rounded to the cent', { Amount: 10.005 }, { Amount: 10.01 }],
		[
			'a contact is named by one of its keys',
			{ Contact: { Name: 'Ann  Lee' } },
			{ Contact: { ContactID: 'c-1', Name: 'Ann Lee' } },
		],
		['lines come in another order', { LineItems: [pens, ink] }, { LineItems: [ink, pens] }],
		['Xero completes a line', { LineItems: [{ Description: 'Pens' }] }, { LineItems: [pens] }],
	])('are the same where %s', (_, sent, held) => {
		expect(likenessOf(sent, held, traits)).toBe('same');
	});

	it.each([
		['Xero shows nothing of a member', { Reference: 'A' }, { Reference: '' }],
		[
			'nothing of a contact is on both sides',
			{ Contact: { ContactNumber: '7' } },
			{ Contact: { Name: 'Ann' } },
		],
		['a day is written as Xero alone can read it', { Date: '30 Nov 2026' }, { Date: '2026-11-30' }],
		['only figures differ', { LineItems: [{ ...pens, UnitAmount: 2 }] }, { LineItems: [pens] }],
		['a line is more', { LineItems: [pens] }, { LineItems: [pens, ink] }],
		[
			'a line is sent twice and there once',
			{ LineItems: [pens, pens] },
			{ LineItems: [pens, ink] },
		],
		['a list shows no lines', { LineItems: [pens] }, {}],
	])('are doubtful where %s', (_, sent, held) => {
		expect(likenessOf(sent, held, traits)).toBe('doubtful');
	});

	it.each([
		['a text differs', { Reference: 'A' }, { Reference: 'B' }],
		['a day differs', { Date: '2026-11-30' }, { Date: '2026-12-01' }],
		['an amount differs', { Amount: '10' }, { Amount: 11 }],
		['a contact differs', { Contact: { Name: 'Ann' } }, { Contact: { Name: 'Bob' } }],
		['a line is not there', { LineItems: [pens, ink] }, { LineItems: [pens] }],
	])('are two where %s', (_, sent, held) => {
		expect(likenessOf(sent, held, traits)).toBe('other');
	});
});
