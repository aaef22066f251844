import { recordStanding } from '../../../hub-server/protocol/xero';

it('reads the status of a document, and whether it was sent', () => {
	const record = { InvoiceID: '1', Status: 'AUTHORISED', SentToContact: true };

	expect(recordStanding(record)).toEqual({ status: 'AUTHORISED', sent: true, mergedInto: null });
});

it('reads the status of a contact, and where it was merged into', () => {
	const record = {
		ContactStatus: 'ARCHIVED',
		MergedToContactID: '6f4e2b1c-8f7d-4a6e-9c37-5b1d2e3f4a50',
	};

	expect(recordStanding(record)).toEqual({
		status: 'ARCHIVED',
		sent: false,
		mergedInto: '6f4e2b1c-8f7d-4a6e-9c37-5b1d2e3f4a50',
	});
});

it('takes the zero id for no contact', () => {
	const record = {
		ContactStatus: 'ACTIVE',
		MergedToContactID: '00000000-0000-0000-0000-000000000000',
	};

	expect(recordStanding(record).mergedInto).toBeNull();
});

it('reads the status of a bank statement, whose members begin in lower case', () => {
	expect(recordStanding({ id: '1', status: 'Delivered' }).status).toBe('DELIVERED');
});

it.each([{}, { Status: null }, { Status: '' }, { Status: 7 }])(
	'finds no status in %j',
	(record) => {
		expect(recordStanding(record).status).toBeNull();
	},
);
