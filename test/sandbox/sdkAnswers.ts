import * as assets from 'xero-node/dist/gen/model/assets/models';
import * as files from 'xero-node/dist/gen/model/files/models';
import * as payrollAU from 'xero-node/dist/gen/model/payroll-au/models';
import * as payrollNZ from 'xero-node/dist/gen/model/payroll-nz/models';
import * as payrollUK from 'xero-node/dist/gen/model/payroll-uk/models';
import * as projects from 'xero-node/dist/gen/model/projects/models';
import { departures, type SdkModels } from './sdkModels';

/** What an address answers, as the SDK deserialises it. */
interface SdkAnswer {
	/** Method and path below the API's prefix; an id is `*`. */
	readonly request: string;
	readonly type: string;
}

interface SdkApi {
	readonly prefix: string;
	/** Several where countries share one address: an answer has to be right for one of them. */
	readonly sdks: readonly SdkModels[];
	readonly answers: readonly SdkAnswer[];
	/** Of a refusal with 400 or 404. */
	readonly refusal: string;
}

const answer = (request: string, type: string): SdkAnswer => ({ request, type });

/** The Files API has no model of its refusals; its examples all look like this. */
class FileProblem {
	static readonly attributeTypeMap = ['type', 'title', 'detail'].map((baseName) => ({
		baseName,
		type: 'string',
	}));
}

/** Around the records of Payroll AU, as in the Accounting API. */
const envelopeAU = ['Id', 'Status', 'ProviderName', 'DateTimeUTC'];
/** Around the records of Payroll NZ and UK. */
const envelope2 = ['id', 'providerName', 'dateTimeUTC', 'httpStatusCode'];
const payroll2 = {
	...Object.fromEntries(
		['Employee', 'PayRun', 'Timesheet'].flatMap((name) => [
			[`${name}s`, envelope2],
			[`${name}Object`, envelope2],
		]),
	),
	Address: ['county'],
	PayRun: ['payslipMessage', 'invalidPayeeIDs'],
};

const apis: readonly SdkApi[] = [
	{
		prefix: '/files.xro/1.0',
		sdks: [{ models: { ...files, FileProblem }, extras: {}, writesNull: false }],
		answers: [
			answer('GET Files', 'Files'),
			answer('POST Files', 'FileObject'),
			answer('POST Files/*', 'FileObject'),
			answer('GET Files/*', 'FileObject'),
			answer('PUT Files/*', 'FileObject'),
			answer('GET Files/*/Associations', 'Array<Association>'),
			answer('POST Files/*/Associations', 'Association'),
			answer('GET Associations/*', 'Array<Association>'),
			answer('GET Folders', 'Array<Folder>'),
			answer('POST Folders', 'Folder'),
			answer('GET Folders/*', 'Folder'),
			answer('PUT Folders/*', 'Folder'),
			answer('GET Inbox', 'Folder'),
		],
		refusal: 'Array<FileProblem>',
	},
	{
		prefix: '/assets.xro/1.0',
		sdks: [
			{
				models: assets,
				extras: {
					Asset: [
						'trackingItems',
						'taxDepreciationSettings',
						'taxDepreciationDetails',
						'taxValues',
					],
					Pagination: ['links'],
				},
				writesNull: false,
			},
		],
		answers: [answer('GET Assets', 'Assets'), answer('GET Assets/*', 'Asset')],
		refusal: 'ModelError',
	},
	{
		prefix: '/projects.xro/2.0',
		sdks: [{ models: projects, extras: {}, writesNull: false }],
		answers: [answer('GET Projects', 'Projects'), answer('GET Projects/*', 'Project')],
		refusal: 'ModelError',
	},
	{
		prefix: '/payroll.xro/1.0',
		sdks: [
			{
				models: payrollAU,
				extras: {
					Employees: envelopeAU,
					PayRuns: envelopeAU,
					Timesheets: envelopeAU,
					TimesheetObject: envelopeAU,
				},
				writesNull: false,
			},
		],
		answers: [
			answer('GET Employees', 'Employees'),
			answer('GET Employees/*', 'Employees'),
			answer('GET PayRuns', 'PayRuns'),
			answer('GET PayRuns/*', 'PayRuns'),
			answer('GET Timesheets', 'Timesheets'),
			answer('GET Timesheets/*', 'TimesheetObject'),
		],
		refusal: 'APIException',
	},
	{
		prefix: '/payroll.xro/2.0',
		sdks: [
			{ models: payrollNZ, extras: payroll2, writesNull: true },
			{ models: payrollUK, extras: payroll2, writesNull: true },
		],
		answers: [
			answer('GET Employees', 'Employees'),
			answer('GET Employees/*', 'EmployeeObject'),
			answer('GET PayRuns', 'PayRuns'),
			answer('GET PayRuns/*', 'PayRunObject'),
			answer('GET Timesheets', 'Timesheets'),
			answer('GET Timesheets/*', 'TimesheetObject'),
		],
		refusal: 'EmployeeObject',
	},
];

/**
 * Where an answer of an API that Xero's SDK has models for departs from them. Nothing for other APIs.
 *
 * @param body parsed JSON
 * @throws Error for an address of these APIs that is not listed here
 */
export function sdkDepartures(
	method: string,
	path: string,
	status: number,
	body: unknown,
): readonly string[] {
	const api = apis.find(({ prefix }) => path.startsWith(`${prefix}/`));
	if (api === undefined || status === 401 || status === 403) return [];
	const type = status >= 400 ? api.refusal : typeOf(api, method, path);
	const [first = [], ...others] = api.sdks.map((sdk) => departures(body, type, sdk));
	return others.some((faults) => faults.length === 0) ? [] : first;
}

function typeOf({ prefix, answers }: SdkApi, method: string, path: string): string {
	const below = path.slice(prefix.length + 1).split('/');
	const address = below.map((segment) => (GUID.test(segment) ? '*' : segment)).join('/');
	const known = answers.find(({ request }) => request === `${method} ${address}`);
	if (known === undefined) throw new Error(`${method} ${path}: add it to sdkAnswers.ts`);
	return known.type;
}

const GUID = /^[0-9a-f-]{36}$/i;
