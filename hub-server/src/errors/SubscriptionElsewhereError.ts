import { HubError } from './HubError';

/** A *delete* that is not about the subscription as it is now. A trigger counts it as done. */
export class SubscriptionElsewhereError extends HubError {
	readonly code = 'subscription_elsewhere';
	readonly status = 409;
}
