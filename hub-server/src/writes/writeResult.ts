import {
	feedSentence,
	isFeedProblem,
	isMarkedFailed,
	isNamed,
	isObject,
	readElementFates,
	readRefusal,
	validationSentences,
	type XeroRecord,
} from '../../protocol/xero';
import type { WriteOutcome } from '../database/tables';
import { recordId } from '../records/FoundRecord';
import { isGuid } from '../records/isGuid';
import type { XeroEntity } from '../records/xeroEntities';
import type { RecordChange, WrittenChange } from './WrittenChange';

/** A call that wrote, and how Xero answered it. */
export interface EndedWrite {
	readonly method: string;
	/** Without the query. */
	readonly path: string;
	/** Undefined where the hub reads no such records. */
	readonly entity: XeroEntity | undefined;
	/** The records that were sent, parsed; none where they are not known. */
	readonly sent: readonly XeroRecord[];
	/** Undefined: no answer came. */
	readonly status: number | undefined;
	/** Parsed; undefined where it was not read, or is no JSON. */
	readonly answer: unknown;
	/** Ids of records whose version this call made; undefined where Xero tells no versions. */
	readonly own: ReadonlySet<string> | undefined;
}

export interface WriteResult {
	readonly outcome: WriteOutcome;
	/** In Xero's words, or what is not known; null where there is nothing to say. */
	readonly message: string | null;
	/** `invoice` or `bill`, where the records are one of the two. */
	readonly entity: string | null;
	readonly records: readonly WrittenChange[];
}

/** What a call has changed, as far as Xero's answer shows it: a 2xx alone proves nothing of a record that it holds. */
export function writeResult(write: EndedWrite): WriteResult {
	const { status, answer, entity } = write;
	const kind = { entity: entityName(write) };
	if (status === undefined) {
		const message = 'No answer came: whether Xero saved it is not known.';
		return { ...kind, outcome: 'unknown', message, records: [] };
	}
	if (status >= 500) {
		const message = `Xero answered ${status}: whether it saved it is not known.`;
		return { ...kind, outcome: 'unknown', message, records: [] };
	}
	if (status >= 300) {
		const { sentences } = readRefusal(answer);
		const message = [...new Set(sentences)].join(' ') || `Xero answered ${status}.`;
		return { ...kind, outcome: 'refused', message, records: refusedElements(write) };
	}
	const records = whatItSays(write) ?? [subject(write)];
	const message =
		answer === undefined && entity !== undefined && write.method !== 'DELETE'
			? `Xero answered ${status}; what it said of the records was not read.`
			: null;
	return { ...kind, outcome: outcomeOf(records), message, records };
}

function outcomeOf(records: readonly WrittenChange[]): WriteOutcome {
	const has = (change: RecordChange) => records.some((one) => one.change === change);
	const isSaved = ({ change }: WrittenChange) => change !== 'refused' && change !== 'unknown';
	if (has('refused')) return records.some(isSaved) ? 'partly' : 'refused';
	return has('unknown') ? 'unknown' : 'saved';
}

/** Of each record; undefined where the answer shows none. */
function whatItSays(write: EndedWrite): readonly WrittenChange[] | undefined {
	const { entity, answer } = write;
	if (partOf(write.path) !== undefined) return undefined;
	if (entity !== undefined) {
		const list = isObject(answer) ? answer[entity.collection] : undefined;
		if (!Array.isArray(list)) return undefined;
		return ofEntity(write, entity, list.filter(isObject));
	}
	const list = isObject(answer) ? (answer[collectionOf(write.path)] ?? answer['items']) : undefined;
	return Array.isArray(list) && list.length > 0 ? list.filter(isObject).map(ofOther) : undefined;
}

function ofEntity(
	write: EndedWrite,
	{ idField }: XeroEntity,
	list: readonly XeroRecord[],
): readonly WrittenChange[] {
	const elements = write.sent.length > 0 ? write.sent : list.map(() => ({}));
	const named = (record: XeroRecord) => (isNamed(record, idField) ? String(record[idField]) : null);
	const ids = elements.map(
		(element) => named(element) ?? (elements.length === 1 ? idInPath(write.path) : null),
	);
	const fates = readElementFates(
		ids.map((id) => (id === null ? {} : { id })),
		list,
		idField,
	);
	return fates.map((fate, index) => {
		const id = ids[index] ?? null;
		if (!fate.ok && fate.reason === 'refused') return refused(id, fate.sentences);
		if (!fate.ok) return { id: id === null ? null : recordId(id), change: 'unknown' };
		const savedId = recordId(String(fate.record[idField]));
		if (write.own?.has(savedId) === false) return { id: savedId, change: 'unchanged' };
		return { id: savedId, change: changeOf(write, elements[index] ?? {}, id, fate.record) };
	});
}

/** Kinds that the hub does not read: what is marked as refused is, and the rest was taken. */
function ofOther(record: XeroRecord): WrittenChange {
	const id = typeof record['id'] === 'string' ? record['id'] : null;
	const problems = Array.isArray(record['errors']) ? record['errors'].filter(isFeedProblem) : [];
	// `status` of a feed's statement: Xero's OpenAPI file of Bank Feeds.
	if (record['status'] === 'REJECTED' || problems.length > 0) {
		return refused(id, problems.map(feedSentence));
	}
	const sentences = validationSentences(record);
	if (isMarkedFailed(record) || sentences.length > 0) return refused(id, sentences);
	return { id, change: 'saved' };
}

/** What the path alone says: of a record's attachment, of one that was deleted, of a file. */
function subject({ method, path }: EndedWrite): WrittenChange {
	const id = idInPath(path);
	if (partOf(path) !== undefined) return { id, change: 'updated' };
	if (method === 'DELETE') return { id, change: 'deleted' };
	return { id, change: id === null ? 'saved' : 'updated' };
}

const ENDED: Readonly<Record<string, RecordChange>> = {
	DELETED: 'deleted',
	VOIDED: 'voided',
	ARCHIVED: 'archived',
};

function changeOf(
	{ method, path }: EndedWrite,
	element: XeroRecord,
	id: string | null,
	record: XeroRecord,
): RecordChange {
	if (method === 'DELETE') return 'deleted';
	const status = record['Status'] ?? record['ContactStatus'];
	const asked = element['Status'] ?? element['ContactStatus'];
	const ended = status === asked ? ENDED[String(status)] : undefined;
	if (ended !== undefined) return ended;
	if (id !== null) return 'updated';
	return createsOnly(method, path) ? 'created' : 'saved';
}

/** On a collection PUT makes new records only (Xero's OpenAPI 16.1.0); POST finds those there are. */
export function createsOnly(method: string, path: string): boolean {
	return method === 'PUT' && path.split('/').length === 4;
}

function refusedElements({ answer, entity, sent, path }: EndedWrite): readonly WrittenChange[] {
	const list = isObject(answer) ? answer['Elements'] : undefined;
	const elements = Array.isArray(list) ? list.filter(isObject) : [];
	if (elements.length === 0) {
		const id = idInPath(path);
		return sent.length > 1 ? sent.map(() => refused(null, [])) : [refused(id, [])];
	}
	return elements.map((element) => {
		const id = entity && isNamed(element, entity.idField) ? element[entity.idField] : null;
		return refused(id === null || id === undefined ? null : String(id), [
			...validationSentences(element),
		]);
	});
}

/** Sentences are Xero's, and short; what is longer is cut. */
const LONGEST_SENTENCE = 500;

function refused(id: string | null, sentences: readonly string[]): WrittenChange {
	const message = sentences.join(' ').slice(0, LONGEST_SENTENCE);
	return {
		id: id === null ? null : recordId(id),
		change: 'refused',
		...(message !== '' && { message }),
	};
}

function entityName({ entity, answer, sent }: EndedWrite): string | null {
	if (entity === undefined) return null;
	const list = isObject(answer) ? answer[entity.collection] : undefined;
	const records = Array.isArray(list) && list.length > 0 ? list.filter(isObject) : sent;
	const isBill = entity.entity === 'invoice' && records.length > 0;
	return isBill && records.every(({ Type }) => Type === 'ACCPAY') ? 'bill' : entity.entity;
}

/** Of `/<api>/<version>/<collection>/<id>/<part>…`. */
function collectionOf(path: string): string {
	return path.split('/')[3] ?? '';
}

function idInPath(path: string): string | null {
	const id = path.split('/')[4] ?? '';
	return isGuid(id) ? id.toLowerCase() : null;
}

/** Such as `Attachments`: what belongs to a record and is none of its own. */
export function partOf(path: string): string | undefined {
	return path.split('/')[5];
}
