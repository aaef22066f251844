import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import type { KeyRing } from './keyRing';
import { placeOf, SEALED_TABLES, type SealedTable } from './sealedColumns';

export interface ResealSecretsDeps {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
	/** Told after each batch, with the number of texts sealed anew so far. */
	onProgress?(resealed: number): void;
}

/** Short transactions, so that a hub at work waits milliseconds for them. */
const BATCH = 100;

interface SealedCell {
	readonly row: string;
	readonly workspace: string;
	readonly text: string;
}

/**
 * Seals every secret that is under another key with the current one, while hubs are at work: each text
 * is replaced only where it is still the one that was read. Stopped half-way, it goes on where it was.
 *
 * @returns how many texts were sealed anew; 0 when none was left
 * @throws SealedTextError when a text's key is not in the ring; nothing is lost
 */
export async function resealSecrets(deps: ResealSecretsDeps): Promise<number> {
	const { db, keyRing } = deps;
	let resealed = 0;

	async function resealBatch(sealed: SealedTable, column: string): Promise<boolean> {
		const cells = await staleCells(db, keyRing, sealed, column);
		await db.transaction().execute(async (tx) => {
			for (const { row, workspace, text } of cells) {
				const place = placeOf(sealed, column, row, workspace);
				const fresh = keyRing.seal(keyRing.open(text, place), place);
				const { numAffectedRows } = await sql`
					update ${sql.table(sealed.table)} set ${sql.ref(column)} = ${fresh}
					where ${sql.ref(sealed.key)} = ${row} and ${sql.ref(column)} = ${text}`.execute(tx);
				resealed += Number(numAffectedRows ?? 0n);
			}
		});
		if (cells.length > 0) deps.onProgress?.(resealed);
		return cells.length > 0;
	}

	for (const table of SEALED_TABLES) {
		for (const column of table.columns) {
			while (await resealBatch(table, column));
		}
	}
	return resealed;
}

/** How many texts each key seals, for a person who asks whether an old key is still needed. */
export async function countByKey(db: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
	const counts = new Map<string, number>();
	for (const { table, columns } of SEALED_TABLES) {
		for (const column of columns) {
			const { rows } = await sql<{ text: string }>`
				select ${sql.ref(column)} as text from ${sql.table(table)}
				where ${sql.ref(column)} like 'v1.%'`.execute(db);
			for (const { text } of rows) {
				const keyId = text.split('.')[1] ?? '';
				counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
			}
		}
	}
	return counts;
}

async function staleCells(
	db: Kysely<Tables>,
	keyRing: KeyRing,
	{ table, key, workspaceColumn }: SealedTable,
	column: string,
): Promise<readonly SealedCell[]> {
	const workspace = workspaceColumn === null ? sql`''` : sql.ref(workspaceColumn);
	const { rows } = await sql<SealedCell>`
		select ${sql.ref(key)} as row, ${workspace} as workspace, ${sql.ref(column)} as text
		from ${sql.table(table)}
		where ${sql.ref(column)} like 'v1.%'
		and substr(${sql.ref(column)}, 1, ${sql.lit(keyRing.currentKeyId.length + 4)}) <> ${`v1.${keyRing.currentKeyId}.`}
		limit ${sql.lit(BATCH)}`.execute(db);
	return rows;
}
