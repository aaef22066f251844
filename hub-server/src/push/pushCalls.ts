import { setTimeout as delay } from 'node:timers/promises';
import {
	idempotencyKey,
	isKeyInUse,
	isObject,
	readElementFates,
	readRefusal,
	type ElementFate,
	type XeroRecord,
} from '../../protocol/xero';
import {
	XeroConnectionFailedError,
	XeroTimeoutError,
	XeroUnreachableError,
} from '../errors/xeroErrors';
import { HubError } from '../errors/HubError';
import type { WriteAnswer, WriteMemory } from '../xero/api/WriteMemory';
import { readAtMost } from '../xero/api/readAtMost';
import { requireOk } from '../xero/api/xeroAnswer';
import type { XeroApi, XeroApiAnswer } from '../xero/api/xeroApi';
import { faultOfCall, faultOfElements } from '../xero/api/writePolicy';
import type { WritePolicy } from '../database/tables';
import type { Push } from './Push';
import type { PushedEntity } from './pushedEntities';
import { LostLeaseError } from './PushLedger';

/** One request that writes: a batch, or one record. */
export interface PushedBatch {
	readonly entity: PushedEntity;
	/** PUT makes new records only; POST changes those that their ids name. */
	readonly method: 'PUT' | 'POST';
	readonly elements: readonly XeroRecord[];
	/** What tells this wish from every other, and is the same when it is repeated. */
	readonly seed: string;
	/** The elements' numbers in their push. */
	readonly positions: readonly number[];
}

/** What became of a batch. */
export type BatchFate =
	| { readonly kind: 'fates'; readonly fates: readonly ElementFate[] }
	/** Refused as a whole; of more than one element some may have been saved. */
	| {
			readonly kind: 'refused';
			readonly sentences: readonly string[];
			/** Xero could not read the body, so that nothing was saved. */
			readonly isUnread: boolean;
	  }
	/** No answer that says anything: whether it was carried out is not known. */
	| { readonly kind: 'unknown'; readonly reason: string };

/** The calls of one turn. */
export interface PushCalls {
	/** How many were made. */
	count(): number;
	/**
	 * @returns undefined for a 404, and what Xero says for a 400
	 * @throws what `XeroApi.send` and `requireOk` throw, LostLeaseError
	 */
	read(
		path: string,
	): Promise<{ readonly body: XeroRecord } | { readonly refused: string } | undefined>;
	/**
	 * A lost answer is asked for again at once with the same Idempotency-Key, by which Xero gives its first answer for six
	 * minutes and makes nothing twice.
	 *
	 * @throws where nothing was sent: what `XeroApi.send` and `requireOk` throw, LostLeaseError
	 * @see https://developer.xero.com/documentation/guides/idempotent-requests/idempotency/
	 */
	write(batch: PushedBatch): Promise<BatchFate>;
	/**
	 * Removes one record. What Xero does not have counts as removed, so that it can be asked for again.
	 *
	 * @throws as `write`
	 */
	remove(entity: PushedEntity, xeroId: string): Promise<RemovalFate>;
}

/** What became of a removal. */
export type RemovalFate =
	| { readonly kind: 'removed' }
	| Extract<BatchFate, { readonly kind: 'unknown' }>
	| { readonly kind: 'refused'; readonly sentences: readonly string[] };

export interface PushCallsDeps {
	readonly api: Pick<XeroApi, 'send'>;
	readonly writes: WriteMemory;
	readonly grantId: string;
	readonly workspaceId: string;
	readonly push: Push;
	/** Of the organisation, when the turn began. */
	readonly writePolicy: WritePolicy;
	/** Before each call. @throws LostLeaseError */
	keepLease(): Promise<void>;
	/** Between two tries of a write, in milliseconds. Default: 1,000. */
	readonly againMs?: number | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** With its turn, and twice after a 401, within the lease. */
const SILENCE_MS = 55_000;

const TRIES = 3;

/** Of an answer to fifty documents. */
const MAX_BYTES = 32 * 1024 * 1024;

/** "The JSON body could not be read" (xero-php-oauth2#39, #205); 17 by an emulator's documentation. */
const UNREAD_NUMBERS: readonly unknown[] = [14, 17];

export function createPushCalls(deps: PushCallsDeps): PushCalls {
	const { api, writes, grantId, workspaceId, push, writePolicy, againMs = 1_000 } = deps;
	const { tenantId } = push;
	let calls = 0;

	async function mayGoOn(): Promise<void> {
		await deps.keepLease();
		deps.signal?.throwIfAborted();
	}

	async function send(
		method: string,
		path: string,
		more: { readonly body?: Buffer; readonly headers?: Readonly<Record<string, string>> } = {},
	): Promise<XeroApiAnswer> {
		const answer = await api.send({
			...{ grantId, workspaceId, tenantId, method, path },
			headers: { accept: 'application/json', ...more.headers },
			...(more.body !== undefined && { body: more.body }),
			flow: `push ${push.system}`,
			timeoutMs: SILENCE_MS,
		});
		calls += 1;
		return answer;
	}

	/** @throws where nothing was carried out */
	async function tryWrite(
		batch: PushedBatch,
		path: string,
		body: Buffer,
		key: string,
	): Promise<{ readonly fate: BatchFate; readonly answer: WriteAnswer }> {
		await mayGoOn();
		let answer: XeroApiAnswer;
		let text: Buffer;
		try {
			answer = await send(batch.method, path, {
				body,
				headers: { 'content-type': 'application/json', 'idempotency-key': key },
			});
			// None of these was carried out.
			if ([401, 403, 429].includes(answer.status)) await requireOk(answer);
			text = await readAtMost(answer.body, MAX_BYTES);
		} catch (cause) {
			if (!mayBeDone(cause)) throw cause;
			return { fate: { kind: 'unknown', reason: NO_ANSWER }, answer: { kind: 'silent' } };
		}
		const said = parsed(text);
		const known = { kind: 'answered', status: answer.status, body: text } as const;
		if (answer.status >= 500) {
			const reason = `Xero answered ${answer.status}.`;
			return { fate: { kind: 'unknown', reason }, answer: known };
		}
		if (answer.status >= 300) return { fate: refusalOf(said, answer.status, batch), answer: known };
		const { collection, idField } = batch.entity.xero;
		const list = isObject(said) ? said[collection] : undefined;
		if (!Array.isArray(list)) {
			const reason = 'Xero answered without the records.';
			return { fate: { kind: 'unknown', reason }, answer: known };
		}
		const sent = batch.elements.map((element) => ({
			...(batch.method === 'POST' && typeof element[idField] === 'string'
				? { id: element[idField] }
				: {}),
		}));
		const fates = readElementFates(sent, list.filter(isObject), idField);
		return { fate: { kind: 'fates', fates }, answer: known };
	}

	return {
		count: () => calls,

		async read(path) {
			await mayGoOn();
			const answer = await send('GET', path);
			if (answer.status === 404) {
				answer.body.resume();
				return undefined;
			}
			if (answer.status === 400) {
				const said = parsed(await readAtMost(answer.body, MAX_BYTES));
				return { refused: readRefusal(said).sentences.join(' ') || 'Xero refused the search.' };
			}
			await requireOk(answer);
			const body = parsed(await readAtMost(answer.body, MAX_BYTES));
			if (!isObject(body)) {
				throw new XeroUnreachableError('Xero answered with something that is not JSON');
			}
			return { body };
		},

		async write(batch) {
			const { entity, method, elements } = batch;
			const { collection, path: name = collection, idField } = entity.xero;
			const [first] = elements;
			const fault = faultOfElements(writePolicy, collection, elements);
			// Apart, those that may be sent are.
			if (fault !== undefined) return { kind: 'refused', sentences: [fault], isUnread: true };
			const id = method === 'POST' && CHANGED_AT_ITS_ADDRESS.has(entity.name) && first?.[idField];
			const place =
				typeof id === 'string'
					? `/api.xro/2.0/${name}/${encodeURIComponent(id)}`
					: `/api.xro/2.0/${name}`;
			const query = [
				...(entity.isBatched && typeof id !== 'string' ? ['summarizeErrors=false'] : []),
				...(entity.hasPrices ? ['unitdp=4'] : []),
			].join('&');
			const path = query === '' ? place : `${place}?${query}`;
			const isBare = entity.name === 'account' || typeof id === 'string';
			const text = JSON.stringify(isBare ? first : { [collection]: elements });
			const body = Buffer.from(text);
			const key = idempotencyKey({
				...{ maker: 'hub', seed: batch.seed, tenantId, method, path },
				items: batch.positions,
				body,
			});
			const remembered = await writes.begin({
				...{ workspaceId, tenantId, method, path: place, cause: push.cause, body },
				push: { system: push.system, id: push.id },
			});
			let last: BatchFate | undefined;
			let told: WriteAnswer = { kind: 'not_sent' };
			try {
				for (let tries = 1; tries <= TRIES; tries += 1) {
					if (tries > 1) await delay(againMs);
					const { fate, answer } = await tryWrite(batch, path, body, key);
					last = fate;
					told = answer;
					if (fate.kind === 'unknown') continue;
					remembered?.end(told);
					return fate;
				}
			} catch (cause) {
				// A repeat that was not let through says nothing of the try before it.
				if (last === undefined || cause instanceof LostLeaseError) {
					remembered?.end(told);
					throw cause;
				}
			}
			remembered?.end(told);
			return last as BatchFate;
		},

		async remove(entity, xeroId) {
			const { collection, path: name = collection } = entity.xero;
			const path = `/api.xro/2.0/${name}/${encodeURIComponent(xeroId)}`;
			const fault = faultOfCall(writePolicy, {
				method: 'DELETE',
				path,
				headers: {},
				body: undefined,
			});
			if (fault !== undefined) return { kind: 'refused', sentences: [fault] };
			await mayGoOn();
			const remembered = await writes.begin({
				...{ workspaceId, tenantId, method: 'DELETE', path, cause: push.cause, body: undefined },
				push: { system: push.system, id: push.id },
			});
			let told: WriteAnswer = { kind: 'silent' };
			try {
				const answer = await send('DELETE', path);
				if ([401, 403, 429].includes(answer.status)) await requireOk(answer);
				const body = await readAtMost(answer.body, MAX_BYTES);
				told = { kind: 'answered', status: answer.status, body };
				const said = parsed(body);
				if (answer.status < 300 || answer.status === 404) return { kind: 'removed' };
				if (answer.status >= 500) {
					return { kind: 'unknown', reason: `Xero answered ${answer.status}.` };
				}
				const { sentences } = readRefusal(said);
				return { kind: 'refused', sentences };
			} catch (cause) {
				if (!mayBeDone(cause)) {
					told = { kind: 'not_sent' };
					throw cause;
				}
				return { kind: 'unknown', reason: NO_ANSWER };
			} finally {
				remembered?.end(told);
			}
		},
	};
}

/** An account is changed, and a payment deleted, at its own address (OpenAPI 16.1.0); others are named in the body. */
const CHANGED_AT_ITS_ADDRESS: ReadonlySet<string> = new Set(['account', 'payment']);

const NO_ANSWER = 'Xero did not answer.';

/** Of a call that was let out: whether Xero may have carried it out. */
function mayBeDone(cause: unknown): boolean {
	if (cause instanceof XeroConnectionFailedError) return cause.wasSent;
	return cause instanceof XeroTimeoutError || !(cause instanceof HubError);
}

function refusalOf(said: unknown, status: number, { elements }: PushedBatch): BatchFate {
	if (isKeyInUse(said)) {
		return { kind: 'unknown', reason: 'Xero knows the request under another body.' };
	}
	const { sentences, type } = readRefusal(said);
	const isUnread =
		type === 'PostDataInvalidException' ||
		(isObject(said) && UNREAD_NUMBERS.includes(said['ErrorNumber']));
	const words = sentences.length > 0 ? sentences : [`Xero answered ${status}.`];
	return { kind: 'refused', sentences: words, isUnread: isUnread || elements.length === 1 };
}

function parsed(text: Buffer): unknown {
	try {
		return JSON.parse(text.toString());
	} catch {
		return undefined;
	}
}
