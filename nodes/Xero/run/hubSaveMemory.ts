import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { explainReply } from '../errors/explainReply';
import { refuse, success, type Outcome } from '../errors/failure';
import type { XeroReply } from '../messages/XeroReply';
import { exchange } from '../transport/exchange';
import { hubRequest, type HubCall } from '../transport/hubRequest';
import { HUB_CREDENTIAL } from '../transport/hubTransport';
import type { RememberedSave, SaveMemory } from './SaveMemory';

/** Nobody waits long for a memory. */
const TIMEOUT_MS = 10_000;

/** A hub that is restarted is back in a few seconds. */
const TRIES = 3;
const PAUSE_MS = 2_000;

/** Of a page; the hub gives no more. */
const ROWS = 200;

/** The hub takes a hundred saves and a megabyte at a time. */
const MOST_SAVES = 100;
const MOST_BYTES = 900_000;

/** What comes out of one item and is longer than this is not kept; the item then comes out as it was sent. */
const MOST_RECORD_BYTES = 100_000;

/**
 * The hub as a memory: it is asked once for all saves of the node. A hub that is older than saves answers
 * 404 to everything.
 */
export function hubSaveMemory(context: IExecuteFunctions, execution: string): SaveMemory {
	const place = { workflowId: context.getWorkflow().id ?? '', nodeId: context.getNode().id };
	const ask = async (call: HubCall): Promise<Outcome<unknown>> => {
		for (let tried = 1; ; tried++) {
			const request = { ...(await hubRequest(context, call)), timeout: TIMEOUT_MS };
			const reply = await exchange(context, HUB_CREDENTIAL, request);
			if (reply.kind === 'answered' && reply.status < 300) return success(reply.body);
			if (tried >= TRIES || !isPassing(reply)) {
				return refuse(explainReply(reply, { route: 'hub', nowMs: Date.now() }).failure);
			}
			await sleep(PAUSE_MS);
		}
	};
	const loaded = new Map<string | undefined, Promise<Outcome<readonly RememberedSave[]>>>();

	async function loadAll(of: string | undefined): Promise<Outcome<readonly RememberedSave[]>> {
		const saves: RememberedSave[] = [];
		let cursor: string | undefined;
		do {
			const page = await ask({
				method: 'GET',
				path: 'saved-items',
				query: {
					...place,
					limit: String(ROWS),
					...(of === undefined ? {} : { execution: of }),
					...(cursor === undefined ? {} : { cursor }),
				},
			});
			if (!page.ok) return page;
			const { items, nextCursor } = page.value as {
				items: readonly SavedItem[];
				nextCursor: string | null;
			};
			saves.push(...items.map(readItem));
			cursor = nextCursor ?? undefined;
		} while (cursor !== undefined);
		return success(saves);
	}

	return {
		async load(keys, of) {
			const once = loaded.get(of) ?? loadAll(of);
			loaded.set(of, once);
			const saves = await once;
			return saves.ok ? success(saves.value.filter(({ key }) => keys.has(key))) : saves;
		},
		async remember(saves) {
			for (const items of parted(saves.map(toItem))) {
				const told = await ask({
					method: 'POST',
					path: 'saved-items',
					body: JSON.stringify({ ...place, execution, items }),
				});
				if (!told.ok) return told;
			}
			return success(undefined);
		},
		async forget(which) {
			const query = which === 'all' ? place : { ...place, execution };
			const told = await ask({ method: 'DELETE', path: 'saved-items', query });
			return told.ok ? success(undefined) : told;
		},
	};
}

/** No answer, or one that comes from what is in front of a hub that restarts. */
function isPassing(reply: XeroReply): boolean {
	return reply.kind === 'lost' || (reply.kind === 'answered' && reply.status >= 500);
}

interface SavedItem {
	readonly id: string;
	readonly key: string;
	readonly savedAt: string;
	readonly records: readonly IDataObject[] | null;
}

function readItem({ id, key, savedAt, records }: SavedItem): RememberedSave {
	return { id, key, savedAtMs: Date.parse(savedAt), ...(records === null ? {} : { records }) };
}

function toItem({ id, key, records }: RememberedSave) {
	const isShort =
		records !== undefined && Buffer.byteLength(JSON.stringify(records)) <= MOST_RECORD_BYTES;
	return { id, key, ...(isShort ? { records } : {}) };
}

function parted<T>(items: readonly T[]): T[][] {
	const parts: T[][] = [];
	let bytes = 0;
	for (const item of items) {
		const size = Buffer.byteLength(JSON.stringify(item));
		const last = parts.at(-1);
		if (last !== undefined && last.length < MOST_SAVES && bytes + size <= MOST_BYTES) {
			last.push(item);
			bytes += size;
		} else {
			parts.push([item]);
			bytes = size;
		}
	}
	return parts;
}
