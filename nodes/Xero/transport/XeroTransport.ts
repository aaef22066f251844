import type { Outcome } from '../errors/failure';

export interface XeroRequest {
	readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
	/** Below Xero's host, such as `api.xro/2.0/Invoices`. */
	readonly path: string;
	/** Its own argument on purpose: every page and every retry must name the organisation. */
	readonly tenantId: string;
	readonly query?: Readonly<Record<string, string>>;
	/** UTC, `YYYY-MM-DDTHH:MM:SS`. */
	readonly ifModifiedSince?: string;
	/** JSON text, sent byte for byte; or the bytes of a file. */
	readonly body?: string | Buffer;
	/** Of the body; JSON when absent. */
	readonly contentType?: string;
	/** What kind of answer is wanted; JSON when absent. Any other kind comes as a `Buffer`. */
	readonly accept?: string;
	/** On every write; a retry carries the same key. */
	readonly idempotencyKey?: string;
}

export type XeroReply =
	| {
			readonly kind: 'answered';
			readonly status: number;
			/** Names in lower case. */
			readonly headers: Readonly<Record<string, string>>;
			/** Parsed JSON, text where it was none, or the bytes of what another `accept` asked for. */
			readonly body: unknown;
	  }
	/** No answer came: whether the request took effect is not known. */
	| { readonly kind: 'lost'; readonly message: string }
	/** It never left: the credential is missing, not connected or refused at its token endpoint. */
	| { readonly kind: 'unsent'; readonly message: string }
	/** It never left: somebody has stopped the execution. */
	| { readonly kind: 'stopped' };

export type AnsweredReply = Extract<XeroReply, { kind: 'answered' }>;

export interface Organisation {
	readonly tenantId: string;
	readonly name: string;
}

/** The way to Xero: through the hub, or directly with n8n's own OAuth2 credential. */
export interface XeroTransport {
	readonly route: 'hub' | 'direct';
	send(request: XeroRequest): Promise<XeroReply>;
	/** Organisations this credential reaches. */
	organisations(): Promise<Outcome<readonly Organisation[]>>;
}
