import { refuseInput, success, type Outcome } from '../../errors/failure';

/** Where Xero's APIs for organisations begin, and what of them is meant by a bare path. */
const ACCOUNTING = 'api.xro/2.0/';
const PREFIXES = [
	ACCOUNTING,
	'assets.xro/1.0/',
	'bankfeeds.xro/1.0/',
	'bankfeeds.xro/2.0/',
	'files.xro/1.0/',
	'finance.xro/1.0/',
	'payroll.xro/1.0/',
	'payroll.xro/2.0/',
	'projects.xro/2.0/',
];

const XERO_ORIGIN = /^https:\/\/api\.xero\.com\//i;
const ALLOWED = /^[\w.~%!$&'()*+,;=:@/-]+$/;

/**
 * The path below Xero's host: of a whole address, of a path with an API in front, or of the
 * Accounting API. Nothing else can be reached, since the request carries the connection's token.
 */
export function readApiPath(text: string): Outcome<string> {
	const path = text.trim().replace(XERO_ORIGIN, '').replace(/^\/+/, '');
	if (path === '')
		return refuseInput('Path is not set', 'Write it as in Xero’s documentation, such as Invoices.');
	if (/^[a-z]+:\/\//i.test(path)) {
		return refuseInput(
			`Path leads away from Xero: ${JSON.stringify(text)}`,
			'Only addresses below https://api.xero.com/ can be called.',
		);
	}
	if (!ALLOWED.test(path) || path.split('/').some((part) => part === '..' || part === '.')) {
		return refuseInput(
			`Path is not one of Xero's: ${JSON.stringify(text)}`,
			'Leave out ? and what follows it: query parameters have a field of their own.',
		);
	}
	if (PREFIXES.some((prefix) => path.toLowerCase().startsWith(prefix))) return success(path);
	return /^[a-z]+\.xro\//i.test(path)
		? refuseInput(
				`Path names an API that this node does not know: ${JSON.stringify(text)}`,
				`Known are ${PREFIXES.map((prefix) => prefix.slice(0, -1)).join(', ')}.`,
			)
		: success(`${ACCOUNTING}${path}`);
}
