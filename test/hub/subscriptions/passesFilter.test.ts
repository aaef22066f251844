import { passesFilter } from '../../../hub-server/src/subscriptions/passesFilter';

const invoice = {
	Type: 'ACCREC',
	Status: 'AUTHORISED',
	Total: 115,
	Contact: { ContactID: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' },
};

it.each([
	['no filter', null, 'yes'],
	['its type', { documentTypes: ['ACCREC'] }, 'yes'],
	['another type', { documentTypes: ['ACCPAY'] }, 'no'],
	['its status', { statuses: ['PAID', 'AUTHORISED'] }, 'yes'],
	['another status', { statuses: ['DRAFT'] }, 'no'],
	['its contact, in capitals', { contactIds: ['AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA'] }, 'yes'],
	['another contact', { contactIds: ['bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'] }, 'no'],
	['a total from its own on', { minTotal: 115 }, 'yes'],
	['a total above its own', { minTotal: 115.01 }, 'no'],
	['a total up to its own', { maxTotal: 115 }, 'yes'],
	['a total below its own', { maxTotal: 114.99 }, 'no'],
	['what changed', { changed: ['Total', 'Status'] }, 'yes'],
	['what did not change', { changed: ['DueDate'] }, 'no'],
	['what fits and what does not', { statuses: ['AUTHORISED'], minTotal: 1_000 }, 'no'],
] as const)('an invoice and %s: %s', (_, filter, passes) => {
	expect(passesFilter(filter, invoice, ['Status'])).toBe(passes);
});

it('leaves nothing out for what a record does not have', () => {
	expect(passesFilter({ minTotal: 100, documentTypes: ['ACCREC'] }, { Name: 'Ann' }, [])).toBe(
		'yes',
	);
});

it('knows nothing of a record that was not read, nor of what changed without a former state', () => {
	expect(passesFilter({ statuses: ['PAID'] }, undefined, undefined)).toBe('unknown');
	expect(passesFilter({ changed: ['Name'] }, { Name: 'Ann' }, undefined)).toBe('unknown');
});
