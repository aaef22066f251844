import { eventIdentity } from '../../../hub-server/src/events/eventIdentity';

describe('what names an event', () => {
	it('is what Xero says of it, without what it says of the record', () => {
		const named = {
			resourceUrl: 'https://api.xero.com/api.xro/2.0/Contacts/1',
			resourceId: '1',
			tenantId: 't',
			tenantType: 'ORGANISATION',
			eventCategory: 'CONTACT',
			eventType: 'UPDATE',
			eventDateUtc: '2026-11-02T09:00:00.123',
		};

		expect(eventIdentity(JSON.stringify({ ...named, data: { Name: 'Ann' }, note: 'Ann' }))).toBe(
			JSON.stringify(named),
		);
	});

	it('is nothing that only has such a name', () => {
		expect(eventIdentity('{"resourceId":{"Name":"Ann"},"data":{}}')).toBe('{}');
	});
});
