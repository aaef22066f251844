import type { SandboxContext } from '../context/SandboxContext';
import type { ChangeEvent } from '../world/Transaction';
import type { WebhookEvent } from '../world/World';
import type { EventWish } from './EventWish';

/** A complete event from what was wished for. */
export function eventOf(context: SandboxContext, wish: EventWish): WebhookEvent {
	const collection = COLLECTIONS[wish.eventCategory] ?? `${wish.eventCategory}s`;
	return {
		...wish,
		resourceUrl:
			wish.resourceUrl ?? `${context.baseUrl()}/api.xro/2.0/${collection}/${wish.resourceId}`,
		eventDateUtc: wish.eventDateUtc ?? eventDate(context.now()),
	};
}

/** The event of a committed change, its fields in Xero's order. */
export function eventOfChange(
	context: SandboxContext,
	tenantId: string,
	change: ChangeEvent,
): WebhookEvent {
	return {
		resourceUrl: `${context.baseUrl()}/api.xro/2.0/${change.resource}/${change.resourceId}`,
		resourceId: change.resourceId,
		tenantId,
		tenantType: 'ORGANISATION',
		eventCategory: change.category,
		eventType: change.type,
		eventDateUtc: eventDate(context.now() + context.faults().webhooks.dateOffsetMs),
		...(change.data !== undefined &&
			!context.faults().webhooks.withoutData.includes(change.category) && { data: change.data }),
	};
}

const COLLECTIONS: Readonly<Record<string, string>> = {
	CONTACT: 'Contacts',
	INVOICE: 'Invoices',
	CREDITNOTE: 'CreditNotes',
	PAYMENT: 'Payments',
	PREPAYMENT: 'Prepayments',
	OVERPAYMENT: 'Overpayments',
};

/** Without a zone, though it is UTC. */
function eventDate(ms: number): string {
	return new Date(ms).toISOString().slice(0, -1);
}
