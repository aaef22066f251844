import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../../nodes/Xero/resources/resources';

/** Of the Accounting API, of which `xeroNodeEveryCall` makes every call of Xero's SDK. */
const accounting = `
	account attachment bankTransaction bankTransfer batchPayment brandingTheme budget contact contactGroup
	creditNote currency invoice invoiceReminder item journal linkedTransaction manualJournal organisation
	overpayment payment paymentService prepayment purchaseOrder quote repeatingInvoice report taxRate
	trackingCategory trackingOption user
`
	.trim()
	.split(/\s+/);

/** By resource of another API: calls of Xero's SDK by which it is written, or at least read. */
const calls: Readonly<Record<string, readonly string[]>> = {
	asset: ['getAssets', 'getAssetById'],
	bankFeedConnection: ['createFeedConnections', 'deleteFeedConnections', 'getFeedConnection'],
	bankStatement: ['createStatements', 'getStatement', 'getStatements'],
	employee: ['getEmployees', 'getEmployee'],
	file: ['uploadFile', 'uploadFileToFolder', 'getFileContent', 'createFileAssociation'],
	folder: ['createFolder', 'getFolders'],
	payRun: ['getPayRuns'],
	project: ['getProjects', 'getProject'],
	timesheet: ['getTimesheets'],
};

const without: Readonly<Record<string, string>> = {
	apiRequest: 'is any call at all',
	incrementalRead: 'asks nothing of Xero',
	link: 'asks the hub alone',
	connection: "is asked of Xero's identity service, which the SDK cannot be pointed at",
};

const sources = readdirSync(__dirname)
	.filter((name) => /^xeroNode.*\.test\.ts$/.test(name) && name !== 'xeroNodeCoverage.test.ts')
	.map((name) => readFileSync(join(__dirname, name), 'utf8'))
	.join('\n');

it('has a client of its own kind for each resource of the node', () => {
	const known = [...accounting, ...Object.keys({ ...calls, ...without })];
	expect(known.sort()).toEqual(Object.keys(resources).sort());
});

it.each(Object.entries(calls))('%s is used by %j', (_resource, methods) => {
	expect(methods.filter((method) => !sources.includes(`api.${method}(`))).toEqual([]);
});
