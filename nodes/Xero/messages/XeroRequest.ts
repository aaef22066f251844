/** What is asked of Xero, whichever way it goes there. */
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
