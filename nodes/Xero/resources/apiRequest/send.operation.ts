import type { IDataObject } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../../errors/failure';
import { outputBinaryField } from '../../fields/outputBinaryField';
import { keyOptionsField } from '../../fields/writeOptions';
import type { AnsweredReply } from '../../messages/XeroReply';
import type { OperationModule } from '../../operations/OperationModule';
import { receiveFile } from '../../output/receiveFile';
import { callEach, type ItemCall, type SentCall } from '../../requests/callEach';
import { singleCall } from '../../requests/RequestFacts';
import { done, failed, type ItemOutcome } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { isBlank } from '../../values/isBlank';
import { readXeroDates } from '../../values/xeroDates';
import { answeredList } from './answeredList';
import { readApiPath } from './apiPath';
import { fromStart, readFurtherPages } from './readFurtherPages';

export const description: OperationModule['description'] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			{ name: 'DELETE', value: 'DELETE' },
			{ name: 'GET', value: 'GET' },
			{ name: 'PATCH', value: 'PATCH' },
			{ name: 'POST', value: 'POST' },
			{ name: 'PUT', value: 'PUT' },
		],
		default: 'GET',
		description: "As in Xero's documentation; everything but GET can change the books",
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. LinkedTransactions',
		description:
			'As in Xero’s documentation: Invoices, files.xro/1.0/Folders, or a whole address of api.xero.com',
	},
	{
		displayName: 'Query Parameters',
		name: 'queryParameters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		description: 'What stands behind the question mark of the address',
		placeholder: 'Add Parameter',
		options: [
			{
				displayName: 'Parameter',
				name: 'parameter',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. where',
						description: "Of the parameter, as in Xero's documentation",
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'Of the parameter; it is escaped for you',
					},
				],
			},
		],
	},
	{
		displayName: 'Body (JSON)',
		name: 'body',
		type: 'json',
		default: '{}',
		description:
			"What is sent, in Xero's own names. Of several records Xero saves the good ones even where it answers 400; the query parameter summarizeErrors=false makes it say what became of each.",
		displayOptions: { show: { method: ['PATCH', 'POST', 'PUT'] } },
	},
	{
		displayName: 'Answer',
		name: 'answer',
		type: 'options',
		options: [
			{ name: 'File', value: 'file', description: 'Binary data, such as a PDF' },
			{ name: 'One Item', value: 'whole', description: 'Everything that Xero answers' },
			{
				name: 'Records as Items',
				value: 'records',
				description: 'An item for each record of the list in the answer',
			},
		],
		default: 'whole',
		description: 'What becomes of the answer',
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show: { method: ['GET'], answer: ['records'] } },
	},
	{
		displayName: 'File Type',
		name: 'fileType',
		type: 'string',
		default: 'application/pdf',
		description: 'The media type to ask for',
		displayOptions: { show: { answer: ['file'] } },
	},
	{
		...outputBinaryField,
		displayOptions: { show: { answer: ['file'] } },
	},
	keyOptionsField,
];

export const request = singleCall('GET', 'api.xro/2.0/{Path}');

/** Any request of the organisation's APIs, with the node's pacing, retries and idempotency keys. */
export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: writes(run) ? 'write' : 'read',
		build: (item) => readCall(run, item),
		notFound: ({ body }) => ({
			description: `Check the path, as in Xero’s documentation, and the ids in it: they have to belong to the chosen organisation.${carriesSeveral(body) ? ` ${KEEPS_GOOD}` : ''}`,
		}),
		badRequest: ({ body }) => (carriesSeveral(body) ? { description: KEEPS_GOOD } : {}),
		read: async (answer, item, call) => await readAnswer(run, item, answer, call),
	});

/** A refused request keeps its good records (stackoverflow 52706101, xero-ruby#247, pyxero#79). */
const KEEPS_GOOD =
	'Xero may have saved the good records of this request: look before you send them again. With the query parameter summarizeErrors=false Xero says what became of each.';

function carriesSeveral(body: ItemCall['body']): boolean {
	return (
		body !== undefined &&
		Object.values(body).some((member) => Array.isArray(member) && member.length > 1)
	);
}

/** One item that writes makes the run one that may have to say what is saved. */
function writes(run: OperationRun): boolean {
	return Array.from({ length: run.itemCount }, (_, item) => item).some(
		(item) => methodOf(run, item) !== 'GET',
	);
}

function methodOf(run: OperationRun, item: number): ItemCall['method'] {
	const method = String(run.parameter('method', item, 'GET'));
	return METHODS.find((known) => known === method) ?? 'GET';
}

const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const;

/** A request, and what is to become of its answer. */
type ApiCall = ItemCall & {
	readonly form: 'file' | 'whole' | 'records';
	/** Whether pages that follow are read too. */
	readonly isForAll: boolean;
};

function readCall(run: OperationRun, item: number): Outcome<ApiCall> {
	const path = readApiPath(String(run.parameter('path', item, '')));
	if (!path.ok) return path;
	const method = methodOf(run, item);
	const given = run.parameter('queryParameters', item, {}) as {
		parameter?: ReadonlyArray<{ name?: unknown; value?: unknown }>;
	};
	const query = Object.fromEntries(
		(given.parameter ?? [])
			.filter(({ name }) => !isBlank(name))
			.map(({ name, value }) => [String(name), String(value ?? '')]),
	);
	const form = formOf(run, item);
	// Return All is hidden, and may keep its value, where something else is asked for.
	const isForAll =
		method === 'GET' && form === 'records' && run.parameter('returnAll', item, false) === true;
	const accept =
		form === 'file' ? { accept: String(run.parameter('fileType', item, 'application/pdf')) } : {};
	const call = { method, path: path.value, form, isForAll, ...accept };
	if (method === 'GET' || method === 'DELETE') {
		return success({ ...call, query: isForAll ? fromStart(path.value, query) : query });
	}
	const body = readBody(run.parameter('body', item, '{}'));
	return body.ok ? success({ ...call, query, body: body.value }) : body;
}

function formOf(run: OperationRun, item: number): ApiCall['form'] {
	const form = run.parameter('answer', item, 'whole');
	return form === 'file' || form === 'whole' ? form : 'records';
}

function readBody(value: unknown): Outcome<Readonly<Record<string, unknown>>> {
	const parsed = typeof value === 'string' ? parseJson(value) : success(value);
	if (!parsed.ok) return parsed;
	return typeof parsed.value === 'object' && parsed.value !== null
		? success(parsed.value as Readonly<Record<string, unknown>>)
		: refuseInput('Body is not a JSON object');
}

function parseJson(text: string): Outcome<unknown> {
	if (text.trim() === '') return success({});
	try {
		return success(JSON.parse(text));
	} catch (error) {
		return refuseInput(`Body is not JSON: ${(error as Error).message}`);
	}
}

async function readAnswer(
	run: OperationRun,
	item: number,
	answer: AnsweredReply,
	{ method, path, query, tenantId, form, isForAll }: SentCall<ApiCall>,
): Promise<ItemOutcome> {
	const { body } = answer;
	if (form === 'file') {
		const mimeType = answer.headers['content-type']?.split(';')[0] ?? 'application/octet-stream';
		return await receiveFile(run, item, answer, { fileName: 'file', mimeType, json: {} });
	}
	const list = form === 'whole' ? undefined : answeredList(body);
	if (list === undefined) return done(wholeOf(body));
	if (!isForAll) return done(...list.records.map(dated));
	const records = await readFurtherPages(run, { method, path, query, tenantId }, answer);
	return records.ok
		? { status: 'done', records: records.value.map(dated) }
		: failed(records.failure);
}

const dated = (record: IDataObject): IDataObject => readXeroDates(record);

function wholeOf(body: unknown): IDataObject {
	if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
		return readXeroDates(body as IDataObject);
	}
	return isBlank(body) ? { success: true } : { body: body as IDataObject };
}
