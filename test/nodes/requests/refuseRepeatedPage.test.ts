import { refuseRepeatedPage } from '../../../nodes/Xero/requests/refuseRepeatedPage';

const page = (...ids: string[]) => ids.map((ContactID) => ({ ContactID, Name: 'Any' }));
const refused = (records: ReturnType<typeof page>, before?: ReturnType<typeof page>) =>
	refuseRepeatedPage(records, before, ({ ContactID }) => ContactID);

describe('a page', () => {
	it('that has the records of the page before is refused with words', () => {
		expect(refused(page('a', 'b'), page('a', 'b'))).toMatchObject({
			ok: false,
			failure: { message: expect.stringContaining('the records of the page before') },
		});
	});

	it.each([
		['the first', page('a', 'b'), undefined],
		['one with other records', page('b', 'c'), page('a', 'b')],
		['a shorter one', page('a'), page('a', 'b')],
		['an empty one behind an empty one', page(), page()],
	])('that is %s is taken', (_, records, before) => {
		expect(refused(records, before)).toBeUndefined();
	});
});
