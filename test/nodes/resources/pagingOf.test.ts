import { pagingOf } from '../../../nodes/Xero/resources/apiRequest/pagingOf';
import { resources } from '../../../nodes/Xero/resources/resources';

describe('pagingOf', () => {
	it.each(['api.xro/2.0/Invoices', 'api.xro/2.0/invoices/', 'api.xro/2.0/LinkedTransactions'])(
		'pages %s',
		(path) => {
			expect(pagingOf(path)).toMatchObject({ by: 'page', start: '1' });
		},
	);

	it('moves through journals by their numbers', () => {
		expect(pagingOf('api.xro/2.0/Journals')).toMatchObject({ by: 'offset', start: '0' });
	});

	it.each(['api.xro/2.0/Accounts', 'api.xro/2.0/Invoices/{ID}/History', 'api.xro/2.0/Reports/X'])(
		'takes %s whole',
		(path) => {
			expect(pagingOf(path)).toBeUndefined();
		},
	);

	it.each(['projects.xro/2.0/Projects/{ID}/Tasks', 'payroll.xro/2.0/Employees'])(
		'pages every list of the newer APIs: %s',
		(path) => {
			expect(pagingOf(path)).toMatchObject({ by: 'page', start: '1' });
		},
	);

	it('pages what the operations of the node page', () => {
		const lists = Object.values(resources)
			.map(({ operations }) => operations['getAll']?.request)
			.filter((request) => request?.path.startsWith('api.xro/') === true);
		expect(lists.length).toBeGreaterThan(15);
		for (const request of lists) {
			expect([request?.path, pagingOf(request?.path ?? '') !== undefined]).toEqual([
				request?.path,
				request?.carries !== 'the whole list' && request?.carries !== '1 item',
			]);
		}
	});
});
