import type { Outcome } from '../errors/failure';
import type { Route } from '../messages/Route';
import type { XeroReply } from '../messages/XeroReply';
import type { XeroRequest } from '../messages/XeroRequest';

export interface Organisation {
	readonly tenantId: string;
	readonly name: string;
}

/** The way to Xero: through the hub, or directly with n8n's own OAuth2 credential. */
export interface XeroTransport {
	readonly route: Route;
	send(request: XeroRequest): Promise<XeroReply>;
	/** Organisations this credential reaches. */
	organisations(): Promise<Outcome<readonly Organisation[]>>;
}
