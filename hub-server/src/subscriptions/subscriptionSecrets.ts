import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../secrets/keyRing';

/** How long the replaced secret signs beside the new one: Svix's figure. */
export const SECRET_GRACE_MS = 24 * 3600_000;

/** A subscription's secrets as the ledger keeps them: nobody but {@link SubscriptionSecrets} reads them. */
export interface SealedSecrets {
	readonly subscriptionId: string;
	readonly workspaceId: string;
	/** Sealed. */
	readonly current: string;
	/** Sealed; null where none was replaced yet. */
	readonly previous: string | null;
	/** Epoch milliseconds: until then the previous one signs too. */
	readonly previousUntil: number | null;
}

/** Makes, seals and opens the `whsec_…` secrets with which deliveries are signed. */
export interface SubscriptionSecrets {
	/** A new secret, sealed for the row. */
	create(row: { readonly id: string; readonly workspaceId: string }): string;
	/** The current secret in clear: for the answer that creates or rotates it. */
	open(sealed: SealedSecrets): string;
	/** Current first, then the replaced one while its grace lasts. */
	signingSecrets(sealed: SealedSecrets, now: number): string[];
	/** The current secret, sealed for the column that keeps it during the grace. */
	resealAsPrevious(sealed: SealedSecrets): string;
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
	const open = ({ current, subscriptionId, workspaceId }: SealedSecrets) =>
		keyRing.open(current, place('secret', subscriptionId, workspaceId));

	return {
		create: ({ id, workspaceId }) =>
			keyRing.seal(`whsec_${random(24).toString('base64')}`, place('secret', id, workspaceId)),
		open,
		signingSecrets(sealed, now) {
			const { previous, previousUntil, subscriptionId, workspaceId } = sealed;
			if (previous === null || previousUntil === null || previousUntil <= now) {
				return [open(sealed)];
			}
			const at = place('previous_secret', subscriptionId, workspaceId);
			return [open(sealed), keyRing.open(previous, at)];
		},
		resealAsPrevious: (sealed) =>
			keyRing.seal(
				open(sealed),
				place('previous_secret', sealed.subscriptionId, sealed.workspaceId),
			),
	};
}
