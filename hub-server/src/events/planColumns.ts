import type { DeliveryPlan } from './planDelivery';

/**
 * How a plan stands in a delivery's row.
 *
 * @param now epoch milliseconds: what is due is due then
 */
export function planColumns(plan: DeliveryPlan, now: number) {
	switch (plan.kind) {
		case 'waiting':
			return { status: 'waiting' as const };
		case 'due': {
			const { type, classified } = plan.named;
			return { status: 'pending' as const, next_at: now, type, classified: classified ? 1 : 0 };
		}
		case 'filtered':
			return { status: 'filtered' as const, finished_at: now, reason: plan.reason };
	}
}
