import { HubError } from './HubError';

/** The operator does not let deliveries go there. */
export class TargetNotAllowedError extends HubError {
	readonly code = 'target_not_allowed';
	readonly status = 400;
}
