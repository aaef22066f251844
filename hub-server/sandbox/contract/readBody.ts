import type { Faults } from '../faults/Faults';
import type { SandboxRequest } from '../http/SandboxRequest';
import { ApiError } from '../resource/apiError';
import { isObject } from '../writing/readElements';
import { bodyKind, type BodyKind } from './bodyKind';
import { readMembers, type Reading } from './readMembers';
import { readXml } from './readXml';

/**
 * The request as the routes of the Accounting API read it: in JSON, with Xero's names and types. Xero reads a
 * body whole before it looks at any record of it, so one value of another type refuses all of it.
 *
 * @param routePath such as `/Invoices/:id`
 * @throws ApiError PostDataInvalidException
 */
export function readBody(
	request: SandboxRequest,
	routePath: string,
	faults: Faults,
): SandboxRequest {
	const kind = request.body.length === 0 ? undefined : bodyKind(routePath);
	if (kind === undefined) return request;
	const text = request.body.toString();
	const isXml = text.trimStart().startsWith('<');
	const read = isXml
		? readRecords(readXml(text, kind), kind, xmlReading)
		: readRecords(parseJson(text), kind, jsonReading(faults));
	return { ...request, body: Buffer.from(JSON.stringify(read)) };
}

function readRecords(body: unknown, kind: BodyKind, reading: Reading): unknown {
	const { collection, elements } = kind;
	const each = (records: readonly unknown[], path: string) =>
		records.map((record, index) =>
			isObject(record) ? readMembers(record, elements.kind, reading, `${path}[${index}]`) : record,
		);
	if (Array.isArray(body)) return each(body, '');
	if (!isObject(body)) return body;
	const name = Object.keys(body).find((key) => key.toLowerCase() === collection.toLowerCase());
	if (name === undefined) return readMembers(body, elements.kind, reading);
	const records = body[name];
	if (Array.isArray(records)) return { [collection]: each(records, name) };
	return {
		[collection]: isObject(records) ? readMembers(records, elements.kind, reading, name) : records,
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw unreadable('Unexpected end or character when reading JSON.');
	}
}

/**
 * Xero reads JSON with Json.NET, which finds members in any case and takes "" for no value where a type may
 * be null. Of its sentence the reports show the beginning and the path (xero-php-oauth2#39, #205, #228).
 */
function jsonReading(faults: Faults): Reading {
	const { namesInAnyCase, emptyNumbersAreAbsent, nullEmptiesTexts } = faults;
	return {
		inAnyCase: namesInAnyCase,
		emptyNumbersAreAbsent,
		emptyIdsAreAbsent: true,
		nullEmptiesTexts,
		refusesDates: false,
		refusal: (value, typeName, path) =>
			unreadable(
				`Error converting value ${JSON.stringify(value)} to type '${typeName}'. Path '${path}'.`,
			),
	};
}

/** XmlSerializer knows names in their own case only. Its sentences: xeroizer#159, pyxero#214. */
const xmlReading: Reading = {
	inAnyCase: false,
	emptyNumbersAreAbsent: false,
	emptyIdsAreAbsent: false,
	nullEmptiesTexts: false,
	refusesDates: true,
	refusal: (value, typeName) =>
		new ApiError(
			'PostDataInvalidException',
			typeName.includes('Guid')
				? 'Unrecognized Guid format.'
				: `The string '${String(value)}' is not a valid AllXsd value.`,
		),
};

function unreadable(detail: string): ApiError {
	return new ApiError('PostDataInvalidException', `JSON request body could not be read, ${detail}`);
}
