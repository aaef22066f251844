import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Tables } from '../database/tables';
import type { KeyRing } from '../secrets/keyRing';

/** How long the replaced secret signs beside the new one: Svix's figure. */
export const SECRET_GRACE_MS = 24 * 3600_000;

type SealedSecrets = Pick<
	Selectable<Tables['subscriptions']>,
	'id' | 'workspace_id' | 'secret' | 'previous_secret' | 'previous_secret_until'
>;

/** Makes, seals and opens the `whsec_…` secrets with which deliveries are signed. */
export interface SubscriptionSecrets {
	/** A new secret, sealed for the row. */
	create(row: { readonly id: string; readonly workspaceId: string }): string;
	/** The current secret in clear: for the answer that creates or rotates it. */
	open(row: SealedSecrets): string;
	/** Current first, then the replaced one while its grace lasts. */
	signingSecrets(row: SealedSecrets, now: number): string[];
	/** The current secret, sealed for the column that keeps it during the grace. */
	resealAsPrevious(row: SealedSecrets): string;
}

export function createSubscriptionSecrets(
	keyRing: Pick<KeyRing, 'seal' | 'open'>,
	random: (size: number) => Buffer = randomBytes,
): SubscriptionSecrets {
	const place = (column: 'secret' | 'previous_secret', row: string, workspace: string) => ({
		table: 'subscriptions',
		row,
		column,
		workspace,
	});
	const open = (row: SealedSecrets) =>
		keyRing.open(row.secret, place('secret', row.id, row.workspace_id));

	return {
		create: ({ id, workspaceId }) =>
			keyRing.seal(`whsec_${random(24).toString('base64')}`, place('secret', id, workspaceId)),
		open,
		signingSecrets(row, now) {
			const { previous_secret: previous, previous_secret_until: until } = row;
			if (previous === null || until === null || until <= now) return [open(row)];
			const at = place('previous_secret', row.id, row.workspace_id);
			return [open(row), keyRing.open(previous, at)];
		},
		resealAsPrevious: (row) =>
			keyRing.seal(open(row), place('previous_secret', row.id, row.workspace_id)),
	};
}
