import type { Request } from 'express';
import { networkOf } from './networkOf';

/**
 * Whom to count a caller as. Behind proxies that the operator trusts it is the last address of
 * `X-Forwarded-For` that is not one of theirs (Express's `trust proxy`); from everybody else that header
 * is ignored, since anyone can write one.
 */
export function clientNetwork(request: Request): string {
	return networkOf(request.ip);
}
