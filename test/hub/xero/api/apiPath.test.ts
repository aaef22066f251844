import fc from 'fast-check';
import { checkApiPath } from '../../../../hub-server/src/xero/api/apiPath';

describe("a path to Xero's API", () => {
	it.each([
		'/api.xro/2.0/Invoices',
		'/api.xro/2.0/Invoices/0a1b/Attachments/r%C3%A9sum%C3%A9%20v1.2.pdf',
		'/bankfeeds.xro/1.0/Statements',
		'/files.xro/1.0/Files/1/Content',
		'/assets.xro/1.0/Assets',
		'/projects.xro/2.0/Projects',
		'/payroll.xro/1.0/Employees',
		'/payroll.xro/2.0/Employees',
		'/api.xro/2.0/Contacts/A&B',
	])('passes: %s', (path) => {
		expect(() => checkApiPath(path)).not.toThrow();
	});

	it.each([
		'/connections',
		'/connections/1',
		'/connect/token',
		'/api.xro/2.0',
		'/api.xro/2.0/',
		'/api.xro/3.0/Invoices',
		'/API.XRO/2.0/Invoices',
		'/api.xro/2.0x/Invoices',
		'/finance.xro/1.0/CashValidation',
		'/appstore/2.0/subscriptions/1',
		'/',
		'',
		'api.xro/2.0/Invoices',
		'//api.xro/2.0/Invoices',
		'/api.xro//2.0/Invoices',
		'/api.xro/2.0/Invoices/',
		'/api.xro/2.0/./Invoices',
		'/api.xro/2.0/../../connections',
		'/api.xro/2.0/%2e%2e/%2e%2e/connections',
		'/api.xro/2.0/.%2E/connections',
		'/api.xro/2.0/%252e%252e/connections',
		'/api.xro/2.0/..%2f..%2fconnections',
		'/api.xro/2.0/..%252f..%252fconnections',
		'/api.xro/2.0/..%5cconnections',
		'/api.xro/2.0/..\\connections',
		'/api.xro/2.0/..;/connections',
		'/api.xro/2.0/..?/connections',
		'/api.xro/2.0/..#/connections',
		'/api.xro/2.0/Invoices%00',
		'/api.xro/2.0/Invoices%0d%0aX: y',
		'/api.xro/2.0/%',
		'/api.xro/2.0/%ff',
	])('is refused: %s', (path) => {
		expect(() => checkApiPath(path)).toThrow(/^The /);
	});

	it('is refused with a sentence that names what was wrong', () => {
		expect(() => checkApiPath('/api.xro/2.0/a;b')).toThrow(/semicolons/);
		expect(() => checkApiPath('/api.xro/2.0/a%00')).toThrow(/control characters/);
	});

	it('never leaves its API, however a URL parser reads it', () => {
		const pieces = fc.constantFrom(
			'.',
			'..',
			'%2e',
			'%2E',
			'%2f',
			'%5c',
			'\\',
			'/',
			'a',
			'%25',
			';',
			'?',
			'#',
		);

		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
				const path = `/api.xro/2.0/${parts.join('')}`;
				const isPassed = (() => {
					try {
						checkApiPath(path);
						return true;
					} catch {
						return false;
					}
				})();

				const { pathname } = new URL(`https://api.xero.com${path}`);
				expect(isPassed && !pathname.startsWith('/api.xro/2.0/')).toBe(false);
			}),
			{ numRuns: 2_000 },
		);
	});
});
