import { foundRecord } from '../../../hub-server/src/records/FoundRecord';
import { findEntity } from '../../../hub-server/src/records/xeroEntities';

const contacts = findEntity('contact') as NonNullable<ReturnType<typeof findEntity>>;

it.each([undefined, null, '', '00000000-0000-0000-0000-000000000000'])(
	'takes nothing that Xero answers with the id %j for a record',
	(ContactID) => {
		expect(foundRecord({ ContactID, Name: 'Nobody' }, contacts, 'list')).toBeUndefined();
	},
);

it('has the id of a record in one spelling', () => {
	const record = { ContactID: '6F4E2B1C-8F7D-4A6E-9C37-5B1D2E3F4A50', Name: 'Somebody' };

	expect(foundRecord(record, contacts, 'list')?.id).toBe('6f4e2b1c-8f7d-4a6e-9c37-5b1d2e3f4a50');
});
