import type { DeliveryStatus } from '../../database/tables';
import type { DeliveryWish } from '../../relay/deliveryReader';
import { pullName } from '../../subscriptions/addressOf';

/** Where deliveries go, as pages name it. */
export interface DeliveryTarget {
	readonly name: string;
	/** Nothing is sent there: it asks for its events. */
	readonly isPulled: boolean;
}

/** @param wish undefined: the subscription is gone */
export function deliveryTarget(wish: DeliveryWish | undefined): DeliveryTarget {
	if (wish === undefined) return { name: 'A workflow that was switched off', isPulled: false };
	if (wish.delivery === 'push') return { name: wish.url, isPulled: false };
	const name = pullName({ url: wish.url, workflowId: wish.key?.workflowId ?? null });
	return { name: `${name}, which asks for its events`, isPulled: true };
}

/** A delivery's status, as `statusBadge` names it: one that is pulled is never on its way. */
export function statusFor(
	{ isPulled }: DeliveryTarget,
	{ status, attempt }: { readonly status: DeliveryStatus; readonly attempt: number },
): DeliveryStatus | 'acknowledged' | 'pulled' | 'unpulled' {
	if (!isPulled) return status;
	if (status === 'delivered') return 'acknowledged';
	if (status !== 'pending') return status;
	return attempt === 0 ? 'unpulled' : 'pulled';
}
