import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Kysely } from 'kysely';
import { answerTime } from '../../protocol/xero';
import type { Clock, Uptime } from '../clock';
import { inChunks } from '../database/inChunks';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { isReadWhole, XERO_ENTITIES, type XeroEntity } from '../records/xeroEntities';
import type { WriteAnswer, WriteMemory } from '../xero/api/WriteMemory';
import { createsOnly, writeResult } from './writeResult';
import type { RecordChange, WrittenChange } from './WrittenChange';
import { elementsOf, writtenRecords } from './writtenRecords';

/** What `Accept-Encoding` of n8n's client asks for. */
const DECODERS = {
	gzip: promisify(gunzip),
	deflate: promisify(inflate),
	br: promisify(brotliDecompress),
} as const;

/** Of an answer unpacked. */
const MAX_BYTES = 16 * 1024 * 1024;

const WRITES: readonly string[] = ['PUT', 'POST', 'PATCH', 'DELETE'];

/** Where there are more, their numbers are kept and they are not. */
const MOST_RECORDS = 500;

const MOST_FIELDS = 100;

/** A file's name may be as long as it likes. */
const LONGEST_TEXT = 500;

export interface KeptWriteMemory extends WriteMemory {
	/** Resolves when what has ended is written down. */
	idle(): Promise<void>;
}

/**
 * Keeps in the ledger what calls have written: what automation changed, and the versions of records whose echo is
 * to be known. A call stands there before it is sent: Xero's webhook may be here before its answer is.
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
		async begin({ workspaceId, tenantId, method, path, cause, keyId, push, body }) {
			if (!WRITES.includes(method)) return undefined;
			const entity = entityOf(path);
			const id = newId(now());
			const place = {
				workspace_id: workspaceId,
				tenant_id: tenantId,
				category: entity?.category ?? '',
			};
			const isCreating = createsOnly(method, path);
			await db
				.insertInto('proxied_writes')
				.values({
					...{ id, ...place, method },
					...{ workflow: cause.workflow, node: cause.node },
					workflow_name: cause.workflowName ?? null,
					key_id: keyId ?? null,
					system: push?.system ?? null,
					push_id: push?.id ?? null,
					path: path.slice(0, LONGEST_TEXT),
					entity: entity?.entity ?? null,
					creates: isCreating ? 1 : 0,
					started_at: now(),
				})
				.execute();
			const startedAt = uptime();
			let isOver = false;

			async function keep(answer: WriteAnswer) {
				if (answer.kind === 'not_sent') {
					await db.deleteFrom('proxied_writes').where('id', '=', id).execute();
					return;
				}
				const tookMs = uptime() - startedAt;
				const status = answer.kind === 'answered' ? answer.status : undefined;
				const parsed = answer.kind === 'answered' ? await parse(answer) : undefined;
				const isSaved = status !== undefined && status >= 200 && status < 300;
				const request = Buffer.isBuffer(body) ? parsedJson(body) : undefined;
				const sent = elementsOf(request, entity);
				const versions = isSaved && entity ? writtenRecords(parsed, entity, request, tookMs) : [];
				const tellsVersions =
					entity !== undefined && !isReadWhole(entity) && answerTime(parsed) !== undefined;
				const {
					outcome,
					message,
					entity: name,
					records,
				} = writeResult({
					...{ method, path, entity, sent, status, answer: parsed },
					own: tellsVersions ? new Set(versions.map((one) => one.id)) : undefined,
				});
				const fields = [...new Set(sent.flatMap((element) => Object.keys(element)))];
				await db.transaction().execute(async (tx) => {
					for (const chunk of inChunks(versions)) {
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
						.set({
							...{ finished_at: now(), outcome, status: status ?? null, entity: name },
							...countsOf(records),
							message: message?.slice(0, LONGEST_TEXT) ?? null,
							fields: fields.length > 0 ? JSON.stringify(fields.slice(0, MOST_FIELDS)) : null,
							records: JSON.stringify(records.slice(0, MOST_RECORDS)),
						})
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

function countsOf(records: readonly WrittenChange[]) {
	const count = (...changes: readonly RecordChange[]) =>
		records.filter(({ change }) => changes.includes(change)).length;
	return {
		created: count('created'),
		updated: count('updated', 'saved'),
		deleted: count('deleted', 'voided', 'archived'),
		refused: count('refused'),
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
	readonly body?: Buffer | undefined;
	readonly encoding?: string | undefined;
}): Promise<unknown> {
	if (body === undefined) return undefined;
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
