import type { KeyRing } from '../../secrets/keyRing';

/** Seals and opens the tokens of one row, for the workspace where its grant is at home. */
export interface TokenSealer {
	seal(column: TokenColumn, plain: string): string;
	open(column: TokenColumn, text: string): string;
}

type TokenColumn = 'access_token' | 'refresh_token';

/** Both tables seal their tokens for their own rows. */
export function tokenSealer(
	keyRing: KeyRing,
	table: 'grants' | 'token_answers',
	row: string,
	workspace: string,
): TokenSealer {
	const placeOf = (column: TokenColumn) => ({ table, row, column, workspace });
	return {
		seal: (column, plain) => keyRing.seal(plain, placeOf(column)),
		open: (column, text) => keyRing.open(text, placeOf(column)),
	};
}
