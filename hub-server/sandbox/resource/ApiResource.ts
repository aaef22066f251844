import type { Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { SandboxContext } from '../context/SandboxContext';
import type { Books } from '../world/Books';
import type { Transaction } from '../world/Transaction';
import type { Organisation, XeroApp } from '../world/World';

/** One resource of the Accounting API; `resources.ts` lists them all. */
export interface AccountingResource {
	/** First path segment and collection key. */
	readonly name: string;
	/** Any one of these opens it; without `.read`. */
	readonly scopes: readonly string[];
	readonly routes: readonly AccountingRoute[];
}

export interface AccountingRoute {
	readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
	/** Below `/api.xro/2.0`, e.g. `/Contacts/:id`. */
	readonly path: string;
	/** Where it differs from the resource's. */
	readonly scopes?: readonly string[];
	handle(call: AccountingCall): Reply;
}

/** One call that has passed every gate. */
export interface AccountingCall {
	readonly context: SandboxContext;
	readonly app: XeroApp;
	readonly organisation: Organisation;
	readonly books: Books;
	readonly request: SandboxRequest;
	/** Named segments of the path. */
	readonly params: Readonly<Record<string, string>>;
	/** Every change goes through it, so that a refused request leaves nothing behind. */
	readonly transaction: Transaction;
	/** The moment of the call. */
	readonly nowMs: number;
}

/** A query parameter by name, in any case. */
export function parameter(request: SandboxRequest, name: string): string | undefined {
	const exact = request.query.get(name);
	if (exact !== null) return exact;
	for (const [key, value] of request.query) {
		if (key.toLowerCase() === name.toLowerCase()) return value;
	}
	return undefined;
}
