import fc from 'fast-check';
import {
	apiOfPath,
	CALL_OUTCOMES,
	outcomeOfStatus,
	XERO_APIS,
} from '../../../../hub-server/src/xero/api/callOutcome';

describe('what is counted of a call to Xero', () => {
	it.each([
		['/api.xro/2.0/Invoices?page=1', 'accounting'],
		['/connections', 'connections'],
		['/connections/some-id', 'connections'],
		['/connections?authEventId=x', 'connections'],
		['/payroll.xro/2.0/Employees', 'payroll'],
		['/files.xro/1.0/Files', 'files'],
		['/assets.xro/1.0/Assets', 'assets'],
		['/projects.xro/2.0/Projects', 'projects'],
		['/bankfeeds.xro/1.0/Statements', 'bankfeeds'],
		['/constructor', 'other'],
		['/', 'other'],
	])('the API: %s is %s', (path, api) => {
		expect(apiOfPath(path)).toBe(api);
	});

	it.each([
		[200, 'ok'],
		[304, 'ok'],
		[400, 'refused'],
		[401, 'unauthorized'],
		[404, 'refused'],
		[429, 'rate_limited'],
		[500, 'failed'],
		[503, 'failed'],
	])('the outcome: %i is %s', (status, outcome) => {
		expect(outcomeOfStatus(status)).toBe(outcome);
	});

	it('is one of few names, whatever is called and answered', () => {
		fc.assert(
			fc.property(fc.string(), fc.integer({ min: 100, max: 999 }), (path, status) => {
				expect(XERO_APIS).toContain(apiOfPath(path));
				expect(CALL_OUTCOMES).toContain(outcomeOfStatus(status));
			}),
		);
	});
});
