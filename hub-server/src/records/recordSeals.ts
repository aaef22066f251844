import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { createKeyRing, type KeyRing } from '../secrets/keyRing';
import type { XeroRecord } from '../../protocol/xero';

/** Which record it is. */
export interface RecordPlace {
	readonly tenantId: string;
	readonly entity: string;
	readonly id: string;
}

/** Seals copies of one workspace's records under a key that is its own, and opens nowhere else. */
export interface RecordSeal {
	seal(record: XeroRecord, place: RecordPlace): string;
	/** @throws SealedTextError */
	open(sealed: string, place: RecordPlace): XeroRecord;
	/** Anything that JSON can say, in a column of another table. */
	sealIn(value: unknown, place: SealedPlace): string;
	/** @throws SealedTextError */
	openIn(sealed: string, place: SealedPlace): unknown;
}

/** Which cell it is. */
export interface SealedPlace {
	readonly table: string;
	/** What names the row for good. */
	readonly row: string;
	readonly column: string;
}

/**
 * The key is made at first use, and goes with the workspace: then nothing opens its records any more.
 * Ask before a transaction, never within one: what it rolls back is remembered here.
 */
export type RecordSealOf = (workspaceId: string) => Promise<RecordSeal>;

export function createRecordSeals(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
}): RecordSealOf {
	const { db, keyRing } = deps;
	const seals = new Map<string, Promise<RecordSeal>>();

	async function load(workspaceId: string): Promise<RecordSeal> {
		const place = { table: 'data_keys', row: workspaceId, column: 'key', workspace: workspaceId };
		await db
			.insertInto('data_keys')
			.values({
				workspace_id: workspaceId,
				key: keyRing.seal(randomBytes(KEY_BYTES).toString('base64'), place),
			})
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		const { key } = await db
			.selectFrom('data_keys')
			.select('key')
			.where('workspace_id', '=', workspaceId)
			.executeTakeFirstOrThrow();
		const ring = createKeyRing([
			{ id: 'data', key: Buffer.from(keyRing.open(key, place), 'base64') },
		]);
		const placeOf = ({ tenantId, entity, id }: RecordPlace) => ({
			table: 'record_states',
			row: `${tenantId} ${entity} ${id}`,
			column: 'record',
			workspace: workspaceId,
		});
		return {
			seal: (record, where) => ring.seal(JSON.stringify(record), placeOf(where)),
			open: (sealed, where) => JSON.parse(ring.open(sealed, placeOf(where))) as XeroRecord,
			sealIn: (value, where) =>
				ring.seal(JSON.stringify(value), { ...where, workspace: workspaceId }),
			openIn: (sealed, where) =>
				JSON.parse(ring.open(sealed, { ...where, workspace: workspaceId })) as unknown,
		};
	}

	return function recordSealOf(workspaceId) {
		const known = seals.get(workspaceId);
		if (known !== undefined) return known;
		const seal = load(workspaceId);
		seals.set(workspaceId, seal);
		seal.catch(() => seals.delete(workspaceId));
		return seal;
	};
}

const KEY_BYTES = 32;
