import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Clock, Uptime } from '../clock';
import { inChunks } from '../database/inChunks';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { XERO_ENTITIES, type XeroEntity } from '../records/xeroEntities';
import type { WriteMemory } from '../xero/api/WriteMemory';
import { writtenRecords } from './writtenRecords';

/** What `Accept-Encoding` of n8n's client asks for. */
const DECODERS = {
	gzip: promisify(gunzip),
	deflate: promisify(inflate),
	br: promisify(brotliDecompress),
} as const;

/** Of an answer unpacked. */
const MAX_BYTES = 16 * 1024 * 1024;

const WRITES: readonly string[] = ['PUT', 'POST', 'DELETE'];

export interface KeptWriteMemory extends WriteMemory {
	/** Resolves when what has ended is written down. */
	idle(): Promise<void>;
}

/**
 * Keeps in the ledger which versions of which records calls of the proxy have made. A call stands there before
 * it is sent: Xero's webhook may be here before its answer is.
 */
export function createWriteMemory(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	readonly uptime: Uptime;
	onFault(cause: unknown): void;
}): KeptWriteMemory {
	const { db, now, uptime, onFault } = deps;
	const ending = new Set<Promise<void>>();

	return {
		async begin({ workspaceId, tenantId, method, path, cause, push, body }) {
			const entity = WRITES.includes(method) ? entityOf(path) : undefined;
			if (entity === undefined) return undefined;
			const id = newId(now());
			const place = { workspace_id: workspaceId, tenant_id: tenantId, category: entity.category };
			await db
				.insertInto('proxied_writes')
				.values({
					...{ id, ...place, ...cause },
					system: push?.system ?? null,
					push_id: push?.id ?? null,
					// On a collection PUT makes new records only (Xero's OpenAPI 16.1.0); POST finds those there are.
					creates: method === 'PUT' && path.split('/').length === 4 ? 1 : 0,
					started_at: now(),
					finished_at: null,
				})
				.execute();
			const startedAt = uptime();
			let isOver = false;

			async function keep(answer: { body: Buffer; encoding: string | undefined } | undefined) {
				const tookMs = uptime() - startedAt;
				const parsed = answer && (await parse(answer));
				const sent = Buffer.isBuffer(body) ? parsedJson(body) : undefined;
				const written = writtenRecords(parsed, entity as XeroEntity, sent, tookMs);
				await db.transaction().execute(async (tx) => {
					if (written.length === 0) {
						await tx.deleteFrom('proxied_writes').where('id', '=', id).execute();
						return;
					}
					for (const chunk of inChunks(written)) {
						await tx
							.insertInto('written_records')
							.values(
								chunk.map((one) => ({
									...place,
									xero_id: one.id,
									version: one.version,
									write_id: id,
									members: one.members && JSON.stringify(one.members),
									event_id: null,
								})),
							)
							// Two calls at a time can be answered with the later one's version.
							.onConflict((conflict) => conflict.doNothing())
							.execute();
					}
					await tx
						.updateTable('proxied_writes')
						.set({ finished_at: now() })
						.where('id', '=', id)
						.execute();
				});
			}

			return {
				end(answer) {
					if (isOver) return;
					isOver = true;
					const task = keep(answer)
						.catch(onFault)
						.finally(() => ending.delete(task));
					ending.add(task);
				},
			};
		},
		async idle() {
			await Promise.all(ending);
		},
	};
}

/** Of `/api.xro/2.0/<collection>…`. */
function entityOf(path: string): XeroEntity | undefined {
	const [, api = '', version, collection = ''] = path.split('/');
	if (api.toLowerCase() !== 'api.xro' || version !== '2.0') return undefined;
	const name = collection.toLowerCase();
	return XERO_ENTITIES.find((one) => (one.path ?? one.collection).toLowerCase() === name);
}

async function parse({
	body,
	encoding = 'identity',
}: {
	readonly body: Buffer;
	readonly encoding: string | undefined;
}): Promise<unknown> {
	if (encoding === 'identity') return parsedJson(body);
	const decode = DECODERS[encoding as keyof typeof DECODERS];
	const plain = await decode?.(body, { maxOutputLength: MAX_BYTES }).catch(() => undefined);
	return plain && parsedJson(plain);
}

/** Undefined for what is no JSON, such as Xero's XML. */
function parsedJson(text: Buffer): unknown {
	try {
		return JSON.parse(text.toString());
	} catch {
		return undefined;
	}
}
