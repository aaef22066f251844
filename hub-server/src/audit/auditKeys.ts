import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import type { KeyRing, SealedPlace } from '../secrets/keyRing';
import type { AuditHead, AuditKey } from './auditChain';

/**
 * What the audit log is chained under. The keys are the hub's own, sealed with the key ring: when the encryption
 * keys change they are sealed anew, so that old entries can be checked for good.
 */
export interface AuditKeys {
	/** The newest; the first one is made here. Durable with the transaction. */
	current(tx: Kysely<Tables>): Promise<AuditKey>;
	/** A new one, for what is written from now on. */
	rotate(): Promise<void>;
	/** All there are, by id. */
	all(): Promise<ReadonlyMap<string, Buffer>>;
	/** As they are sealed, by id: for whoever checks an export without the ledger. */
	allSealed(): Promise<ReadonlyMap<string, string>>;
	saveHead(tx: Kysely<Tables>, head: AuditHead): Promise<void>;
	/** How long the log is, and what was sealed as its last entry, at one moment. */
	standing(): Promise<AuditStanding>;
}

export interface AuditStanding {
	readonly lastSeq: number;
	readonly head: AuditHead | undefined;
}

const PREFIX = 'audit_key:';

const HEAD = 'audit_head';

const KEY_BYTES = 32;

export function createAuditKeys(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
}): AuditKeys {
	const { db, keyRing } = deps;

	async function sealedKeys(): Promise<ReadonlyMap<string, string>> {
		const rows = await db
			.selectFrom('settings')
			.selectAll()
			.where('name', '>=', PREFIX)
			.where('name', '<', `${PREFIX}~`)
			.orderBy('name')
			.execute();
		return new Map(rows.map(({ name, value }) => [name.slice(PREFIX.length), value]));
	}

	async function newest(tx: Kysely<Tables>): Promise<AuditKey | undefined> {
		const row = await tx
			.selectFrom('settings')
			.selectAll()
			.where('name', '>=', PREFIX)
			.where('name', '<', `${PREFIX}~`)
			.orderBy('name', 'desc')
			.limit(1)
			.executeTakeFirst();
		if (row === undefined) return undefined;
		const id = row.name.slice(PREFIX.length);
		return { id, key: openAuditKey(keyRing, id, row.value) };
	}

	/** Another hub may make the same one at this moment: then that one counts. */
	async function make(tx: Kysely<Tables>, id: string): Promise<AuditKey> {
		const name = `${PREFIX}${id}`;
		const value = keyRing.seal(randomBytes(KEY_BYTES).toString('base64'), placeOf(name));
		await tx
			.insertInto('settings')
			.values({ name, value })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		return (await newest(tx)) as AuditKey;
	}

	return {
		current: async (tx) => (await newest(tx)) ?? (await make(tx, idOf(1))),
		async rotate() {
			const last = await newest(db);
			await make(db, idOf(Number(last?.id ?? 0) + 1));
		},
		async all() {
			const sealed = await sealedKeys();
			return new Map([...sealed].map(([id, value]) => [id, openAuditKey(keyRing, id, value)]));
		},
		allSealed: sealedKeys,
		async saveHead(tx, { seq, hash }) {
			const value = keyRing.seal(JSON.stringify({ seq, hash }), placeOf(HEAD));
			await tx
				.insertInto('settings')
				.values({ name: HEAD, value })
				.onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
				.execute();
		},
		async standing() {
			// One statement: whoever writes meanwhile is in both or in neither.
			const { seq, head } = await db
				.selectNoFrom((e) => [
					e
						.selectFrom('audit_log')
						.select((max) => max.fn.max<number | null>('seq').as('seq'))
						.as('seq'),
					e.selectFrom('settings').select('value').where('name', '=', HEAD).as('head'),
				])
				.executeTakeFirstOrThrow();
			return {
				lastSeq: Number(seq ?? 0),
				head:
					head === null ? undefined : (JSON.parse(keyRing.open(head, placeOf(HEAD))) as AuditHead),
			};
		},
	};
}

/** In an order that no clock can disturb. */
function idOf(number: number): string {
	return String(number).padStart(6, '0');
}

/** @throws SealedTextError */
export function openAuditKey(keyRing: Pick<KeyRing, 'open'>, id: string, sealed: string): Buffer {
	return Buffer.from(keyRing.open(sealed, placeOf(`${PREFIX}${id}`)), 'base64');
}

function placeOf(row: string): SealedPlace {
	return { table: 'settings', row, column: 'value', workspace: '' };
}
