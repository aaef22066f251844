import { readApiPath } from '../../../nodes/Xero/resources/apiRequest/apiPath';

const read = (text: string) => {
	const path = readApiPath(text);
	return path.ok ? path.value : path.failure.message;
};

it.each([
	['Invoices', 'api.xro/2.0/Invoices'],
	[' /Invoices/1b2c ', 'api.xro/2.0/Invoices/1b2c'],
	['api.xro/2.0/Reports/TrialBalance', 'api.xro/2.0/Reports/TrialBalance'],
	['https://api.xero.com/files.xro/1.0/Folders', 'files.xro/1.0/Folders'],
	['bankfeeds.xro/1.0/Statements', 'bankfeeds.xro/1.0/Statements'],
])('takes %s', (text, path) => {
	expect(read(text)).toBe(path);
});

it.each([
	['', 'Path is not set'],
	['https://example.com/Invoices', 'Path leads away from Xero'],
	['../../connections', 'Path is not one of'],
	['api.xro/2.0/../../connections', 'Path is not one of'],
	['Invoices?page=1', 'Path is not one of'],
	['unknown.xro/1.0/Things', 'Path names an API that this node does not know'],
])('refuses %s', (text, message) => {
	expect(read(text)).toContain(message);
});
