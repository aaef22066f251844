import type { Kysely, Transaction } from 'kysely';
import { Secret } from 'otpauth';
import type { Clock } from '../../clock';
import type { Tables } from '../../database/tables';
import type { KeyRing } from '../../secrets/keyRing';
import { hashToken } from './token';
import { stepOfCode } from './totp';

/** What a person shows beside the password. */
export interface FactorsOfPerson {
	readonly totp: boolean;
	/** How many. */
	readonly passkeys: number;
	/** That were made and not used yet. */
	readonly recoveryCodes: number;
}

/** Codes of an app (TOTP, RFC 6238), and codes on paper for the day on which there is no app. */
export interface SecondFactors {
	of(userId: string): Promise<FactorsOfPerson>;
	/** Whether there is anything to ask for. */
	has(userId: string): Promise<boolean>;
	/**
	 * Takes the app whose secret it is; of an older one the codes count no more.
	 *
	 * @param code one that the app shows now
	 * @returns the recovery codes, readable this once, where the person had none; false when the code is not right
	 */
	addTotp(userId: string, secret: string, code: string): Promise<readonly string[] | false>;
	/** Whether the app shows the code now. Each time step is taken once, over all hubs. */
	checkTotp(userId: string, code: string): Promise<boolean>;
	/** Idempotent. */
	removeTotp(userId: string): Promise<void>;
	/** True for one caller only: a code is used up. However it is spaced and cased. */
	useRecoveryCode(userId: string, code: string): Promise<boolean>;
	/** For a first passkey: as `addTotp` does, where the person has none. */
	firstRecoveryCodes(userId: string): Promise<readonly string[]>;
	/** With the last factor the recovery codes go. Idempotent. */
	tidy(userId: string): Promise<void>;
	/** The older ones count no more. Readable this once. */
	newRecoveryCodes(userId: string): Promise<readonly string[]>;
	/** All of them, passkeys too. Idempotent. @returns whether there was one */
	reset(userId: string): Promise<boolean>;
}

const RECOVERY_CODES = 10;

/** 80 random bits: a plain hash of it cannot be searched. */
const RECOVERY_BYTES = 10;

export function createSecondFactors(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: Pick<KeyRing, 'seal' | 'open'>;
	readonly now: Clock;
}): SecondFactors {
	const { db, keyRing, now } = deps;

	async function totpOf(userId: string) {
		return await db
			.selectFrom('user_totps')
			.select(['secret', 'last_step'])
			.where('user_id', '=', userId)
			.executeTakeFirst();
	}

	async function count(
		tx: Kysely<Tables>,
		table: 'recovery_codes' | 'passkeys',
		userId: string,
	): Promise<number> {
		const { count } = await tx
			.selectFrom(table)
			.select((e) => e.fn.countAll<number>().as('count'))
			.where('user_id', '=', userId)
			.executeTakeFirstOrThrow();
		return Number(count);
	}

	async function writeCodes(tx: Transaction<Tables>, userId: string): Promise<string[]> {
		await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
		const codes = Array.from(
			{ length: RECOVERY_CODES },
			() => new Secret({ size: RECOVERY_BYTES }).base32,
		);
		await tx
			.insertInto('recovery_codes')
			.values(codes.map((code) => ({ code_hash: hashOf(userId, code), user_id: userId })))
			.execute();
		return codes.map(readable);
	}

	async function codesOnce(tx: Transaction<Tables>, userId: string): Promise<string[]> {
		return (await count(tx, 'recovery_codes', userId)) > 0 ? [] : await writeCodes(tx, userId);
	}

	return {
		async of(userId) {
			const [totp, passkeys, recoveryCodes] = await Promise.all([
				totpOf(userId),
				count(db, 'passkeys', userId),
				count(db, 'recovery_codes', userId),
			]);
			return { totp: totp !== undefined, passkeys, recoveryCodes };
		},
		async has(userId) {
			return (await totpOf(userId)) !== undefined || (await count(db, 'passkeys', userId)) > 0;
		},
		async addTotp(userId, secret, code) {
			const step = stepOfCode(secret, code, now());
			if (step === undefined) return false;
			const row = {
				secret: keyRing.seal(secret, placeOf(userId)),
				// The code that proved it was shown: it must not let anybody in.
				last_step: step,
				created_at: now(),
			};
			return await db.transaction().execute(async (tx) => {
				await tx
					.insertInto('user_totps')
					.values({ user_id: userId, ...row })
					.onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
					.execute();
				return await codesOnce(tx, userId);
			});
		},
		firstRecoveryCodes: (userId) => db.transaction().execute((tx) => codesOnce(tx, userId)),
		async checkTotp(userId, code) {
			const row = await totpOf(userId);
			if (row === undefined) return false;
			const step = stepOfCode(keyRing.open(row.secret, placeOf(userId)), code, now());
			if (step === undefined) return false;
			const taken = await db
				.updateTable('user_totps')
				.set({ last_step: step })
				.where('user_id', '=', userId)
				.where('secret', '=', row.secret)
				.where('last_step', '<', step)
				.returning('user_id')
				.executeTakeFirst();
			return taken !== undefined;
		},
		async removeTotp(userId) {
			await db.deleteFrom('user_totps').where('user_id', '=', userId).execute();
		},
		async tidy(userId) {
			await db
				.deleteFrom('recovery_codes')
				.where('user_id', '=', userId)
				.where((e) =>
					e.not(
						e.exists(e.selectFrom('user_totps').select('user_id').where('user_id', '=', userId)),
					),
				)
				.where((e) =>
					e.not(e.exists(e.selectFrom('passkeys').select('id').where('user_id', '=', userId))),
				)
				.execute();
		},
		async useRecoveryCode(userId, code) {
			const used = await db
				.deleteFrom('recovery_codes')
				.where('user_id', '=', userId)
				.where('code_hash', '=', hashOf(userId, code.toUpperCase().replace(/[\s-]/g, '')))
				.returning('user_id')
				.executeTakeFirst();
			return used !== undefined;
		},
		newRecoveryCodes: (userId) => db.transaction().execute((tx) => writeCodes(tx, userId)),
		async reset(userId) {
			return await db.transaction().execute(async (tx) => {
				await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
				const [totps, passkeys] = [
					await tx.deleteFrom('user_totps').where('user_id', '=', userId).executeTakeFirst(),
					await tx.deleteFrom('passkeys').where('user_id', '=', userId).executeTakeFirst(),
				];
				return totps.numDeletedRows + passkeys.numDeletedRows > 0n;
			});
		},
	};
}

function placeOf(userId: string) {
	return { table: 'user_totps', row: userId, column: 'secret', workspace: '' };
}

/** The person belongs to it, so that two with the same code, which nobody will see, stay apart. */
function hashOf(userId: string, code: string): string {
	return hashToken(`${userId} ${code}`);
}

/** ABCD-EFGH-IJKL-MNOP */
function readable(code: string): string {
	return (code.match(/.{4}/g) ?? []).join('-');
}
