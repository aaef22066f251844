import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
	answerTime,
	asModifiedSince,
	isNamed,
	isObject,
	updatedAt,
	type XeroRecord,
} from '../../protocol/xero';
import { XeroUnreachableError } from '../errors/xeroErrors';
import { recordId } from '../records/FoundRecord';
import { isReadWhole, listPath, type XeroEntity } from '../records/xeroEntities';
import { readAtMost } from '../xero/api/readAtMost';
import { requireOk } from '../xero/api/xeroAnswer';
import type { GrantUse, XeroApi, XeroApiAnswer } from '../xero/api/xeroApi';
import type { ListPage, ListPosition } from './listWalk';
import { PAGE_SIZE } from './pageSize';

/** Whose list, and how it is asked for. */
export interface ListCall extends GrantUse {
	readonly tenantId: string;
	readonly entity: XeroEntity;
	readonly signal?: AbortSignal | undefined;
}

export interface ReadPage {
	readonly page: ListPage;
	/** As Xero gave them; none without an id. */
	readonly records: readonly XeroRecord[];
	/** As Xero sent it. */
	readonly bytes: number;
	/** Records on all pages, where the list says so. */
	readonly total?: number | undefined;
}

/** More than Xero ever put on one page, as far as is known. */
const MAX_PAGE_BYTES = 128 * 1024 * 1024;

/** Calls of streams take their turn together, and behind those of workflows. */
const SYNC_FLOW = 'sync';

/**
 * One page of a list, in the list's own shape.
 *
 * @throws what `XeroApi.send` and `requireOk` throw, and XeroUnreachableError for half an answer
 */
export async function readList(
	api: Pick<XeroApi, 'send'>,
	call: ListCall,
	position: ListPosition,
	pageSize: number = PAGE_SIZE.sized,
): Promise<ReadPage> {
	const { entity } = call;
	const answer = await send(api, call, queryOf(entity, position, pageSize), position.since);
	if (answer.status === 304) {
		answer.body.resume();
		return { page: { ids: [], times: [], isFull: false }, records: [], bytes: 0 };
	}
	const { body, bytes } = await readBody(answer);
	const list = body[entity.collection];
	if (!Array.isArray(list)) {
		throw new XeroUnreachableError(`Xero answered without a list of ${entity.collection}`);
	}
	const records = list.filter(
		(record): record is XeroRecord => isObject(record) && isNamed(record, entity.idField),
	);
	return {
		records,
		bytes,
		total: itemCountOf(body),
		page: {
			ids: records.map((record) => recordId(String(record[entity.idField]))),
			times: isReadWhole(entity) ? [] : records.map(updatedAt),
			...pagesOf(entity, body, position.page, list.length, pageSize),
			clockMs: answerTime(body),
		},
	};
}

/** How many there are; undefined where the list does not say so. */
export async function readCount(
	api: Pick<XeroApi, 'send'>,
	call: ListCall,
): Promise<{ readonly count: number | undefined; readonly bytes: number }> {
	const query = queryOf(call.entity, { page: 1 }, 1);
	const { body, bytes } = await readBody(await send(api, call, query, undefined));
	return { count: itemCountOf(body), bytes };
}

function send(
	api: Pick<XeroApi, 'send'>,
	{ grantId, workspaceId, tenantId, entity, signal }: ListCall,
	query: string,
	since: number | undefined,
): Promise<XeroApiAnswer> {
	return api.send({
		grantId,
		workspaceId,
		tenantId,
		method: 'GET',
		path: `${listPath(entity)}${query === '' ? '' : `?${query}`}`,
		headers: {
			accept: 'application/json',
			'accept-encoding': 'gzip',
			...(since !== undefined &&
				!isReadWhole(entity) && { 'if-modified-since': asModifiedSince(since) }),
		},
		flow: SYNC_FLOW,
		isBackground: true,
		...(signal !== undefined && { signal }),
	});
}

function queryOf(
	{ list, listQuery, takesNoOrder }: XeroEntity,
	{ page }: ListPosition,
	pageSize: number,
): string {
	if (list === 'pages') return `page=${page}&pageSize=${PAGE_SIZE.pages}`;
	const isPaged = list === 'sized' || list === 'fixed';
	return [
		...(isPaged ? [`page=${page}`] : []),
		...(list === 'sized' ? [`pageSize=${pageSize}`] : []),
		...(isPaged && takesNoOrder !== true ? ['order=UpdatedDateUTC%20ASC'] : []),
		...(listQuery === undefined ? [] : [listQuery]),
	].join('&');
}

async function readBody(answer: XeroApiAnswer): Promise<{ body: XeroRecord; bytes: number }> {
	await requireOk(answer);
	let bytes = 0;
	answer.body.on('data', (chunk: Buffer) => {
		bytes += chunk.length;
	});
	const isZipped = answer.headers['content-encoding'] === 'gzip';
	// Off the event loop; what is cut in the middle ends here too.
	const plain = isZipped ? pipeline(answer.body, createGunzip(), () => undefined) : answer.body;
	try {
		const text = (await readAtMost(plain, MAX_PAGE_BYTES)).toString();
		const body: unknown = JSON.parse(text);
		if (isObject(body)) return { body, bytes };
	} catch {
		// Cut in the middle, or a gateway's page.
	}
	throw new XeroUnreachableError('Xero answered with something that is not JSON');
}

function pagesOf(
	{ list }: XeroEntity,
	body: XeroRecord,
	page: number,
	count: number,
	pageSize: number,
): Pick<ListPage, 'isFull' | 'pageCount'> {
	if (list === 'fixed') return { isFull: count === PAGE_SIZE.fixed };
	if (list === 'pages') {
		const last = paginationOf(body)?.['pageCount'];
		return { isFull: typeof last === 'number' ? page < last : count === PAGE_SIZE.pages };
	}
	// More than a page: the whole list, whatever was asked for.
	if (list !== 'sized' || count > pageSize) return { isFull: false };
	const pageCount = paginationOf(body)?.['pageCount'];
	if (typeof pageCount !== 'number') return { isFull: count === pageSize };
	return { isFull: page < pageCount, pageCount };
}

function itemCountOf(body: XeroRecord): number | undefined {
	const count = paginationOf(body)?.['itemCount'];
	return typeof count === 'number' ? count : undefined;
}

function paginationOf(body: XeroRecord): XeroRecord | undefined {
	const pagination = body['pagination'];
	return isObject(pagination) ? pagination : undefined;
}
