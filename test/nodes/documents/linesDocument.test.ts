import { nameLines } from '../../../nodes/Xero/documents/linesDocument';
import { done, failed } from '../../../nodes/Xero/run/ItemOutcome';

const document = { items: [4, 7], values: {}, itemsOfLines: [4, 7] };
const refused = (message: string) => failed({ kind: 'api', message });

describe('nameLines', () => {
	it('says whose line it is that Xero refuses', () => {
		expect(
			nameLines(refused("LineItems 2: Account code '999' is not valid."), document, ['LineItems']),
		).toEqual(refused("LineItems 2 (item 7): Account code '999' is not valid."));
	});

	it('leaves other numbers alone', () => {
		const others = refused('LineItems 3: Addresses 1: the year 2026 is locked');

		expect(nameLines(others, document, ['LineItems'])).toEqual(others);
	});

	it('leaves what is done as it is', () => {
		expect(nameLines(done({}), document, ['LineItems'])).toEqual(done({}));
	});
});
