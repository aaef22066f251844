/** One request that reached the sandbox's Xero side. Holds no secret: neither headers nor bodies. */
export interface LoggedRequest {
	/** ISO, UTC. */
	readonly at: string;
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly tenantId: string | null;
	readonly status: number;
	/** Carried out, but the answer was dropped. */
	readonly dropped: boolean;
	readonly idempotencyKey: string | null;
	/** Elements in the body of a write; null for everything else. */
	readonly elements: number | null;
}

export interface RequestLog {
	add(request: LoggedRequest): void;
	since(ms: number): LoggedRequest[];
	clear(): void;
}

const KEPT = 100_000;

export function createRequestLog(): RequestLog {
	let items: LoggedRequest[] = [];
	return {
		add(request) {
			items.push(request);
			if (items.length > KEPT * 1.2) items = items.slice(-KEPT);
		},
		since: (ms) => items.filter(({ at }) => Date.parse(at) >= ms).slice(-KEPT),
		clear() {
			items = [];
		},
	};
}
