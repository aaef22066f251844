import { findEntity } from '../../../hub-server/src/records/xeroEntities';
import { writtenRecords } from '../../../hub-server/src/writes/writtenRecords';
import { guid } from '../../support/changingXero';

const CONTACT = findEntity('contact')!;
const AT = Date.UTC(2026, 10, 2, 9, 0, 0, 123);

const answer = (...contacts: readonly object[]) => ({
	DateTimeUTC: `/Date(${AT + 200})/`,
	Contacts: contacts,
});
const contact = (number: number, change: object = {}) => ({
	ContactID: guid(number).toUpperCase(),
	UpdatedDateUTC: `/Date(${AT}+0000)/`,
	...change,
});

describe('what a call has written', () => {
	it('is what Xero answers, by id and version, with what was sent of it', () => {
		const sent = { Contacts: [{ Name: 'Ann', EmailAddress: 'ann@example.com' }] };

		const written = writtenRecords(answer(contact(1)), CONTACT, sent, 1_000);

		expect(written).toEqual([{ id: guid(1), version: AT, members: ['Name', 'EmailAddress'] }]);
	});

	it.each([
		['one record bare', { Name: 'Ann' }, ['Name']],
		['a bare list', [{ Name: 'Ann' }], ['Name']],
		['more records than the answer', { Contacts: [{ Name: 'Ann' }, { Name: 'Bo' }] }, null],
		['nothing that is known', undefined, null],
	])('was sent as %s', (_, sent, members) => {
		const [written] = writtenRecords(answer(contact(1)), CONTACT, sent, 1_000);

		expect(written?.members).toEqual(members);
	});

	it('is not what stood there before, when the call changed nothing', () => {
		const before = contact(1, { UpdatedDateUTC: `/Date(${AT - 5_000}+0000)/` });

		expect(writtenRecords(answer(before), CONTACT, undefined, 1_000)).toEqual([]);
		expect(writtenRecords(answer(before), CONTACT, undefined, 60_000)).toHaveLength(1);
	});

	it('is not what Xero refused among the rest', () => {
		const refused = contact(2, { StatusAttributeString: 'ERROR' });

		const written = writtenRecords(answer(contact(1), refused), CONTACT, undefined, 1_000);

		expect(written.map(({ id }) => id)).toEqual([guid(1)]);
	});

	it.each([
		['without the time of the answer', { Contacts: [contact(1)] }],
		['without a list', { DateTimeUTC: `/Date(${AT})/`, Contacts: contact(1) }],
		['that is none', 'no'],
		['without the time of the change', answer({ ContactID: guid(1) })],
	])('is nothing in an answer %s', (_, body) => {
		expect(writtenRecords(body, CONTACT, undefined, 1_000)).toEqual([]);
	});
});
