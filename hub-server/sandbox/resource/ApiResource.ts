import type { SandboxContext } from '../context/SandboxContext';
import type { Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { Books } from '../world/Books';
import type { Transaction } from '../world/Transaction';
import type { Organisation, XeroApp } from '../world/World';

/** One resource of an API of an organisation; each API lists its own, and `apis/` lists the APIs. */
export interface ApiResource {
	/** First path segment and collection key. */
	readonly name: string;
	/** Any one of these opens it; without `.read`. */
	readonly scopes: readonly string[];
	readonly routes: readonly ApiRoute[];
}

export interface ApiRoute {
	readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
	/** Below the API's prefix, e.g. `/Contacts/:id`. */
	readonly path: string;
	/** Where it differs from the resource's. */
	readonly scopes?: readonly string[];
	handle(call: ApiCall): Reply;
}

/** One call that has passed every gate. */
export interface ApiCall {
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
