/** What a method of Xero's SDK answers with. */
interface SdkAnswer {
	readonly response: { readonly status: number };
	readonly body?: unknown;
}

export interface RecordedCalls<Api extends object> {
	/** Calls the real one, and remembers what was answered as it should be. */
	readonly api: Api;
	/** Methods that were called and answered with a success that the SDK could read. */
	readonly answered: ReadonlySet<string>;
}

/** An API of Xero's SDK that remembers which of its methods were called with success. */
export function recordCalls<Api extends object>(real: Api): RecordedCalls<Api> {
	const answered = new Set<string>();
	const api = new Proxy(real, {
		get(target, name): unknown {
			const member: unknown = Reflect.get(target, name);
			if (typeof member !== 'function' || typeof name !== 'string') return member;
			return async (...values: unknown[]): Promise<unknown> => {
				const answer: unknown = await (member as (...all: unknown[]) => unknown).apply(
					target,
					values,
				);
				if (isRead(answer as SdkAnswer)) answered.add(name);
				return answer;
			};
		},
	});
	return { api, answered };
}

/** A model of the SDK's own (no bare object), a file, or nothing where Xero says that there is nothing. */
function isRead({ response, body }: SdkAnswer): boolean {
	if (response.status < 200 || response.status >= 300) return false;
	if (response.status === 204) return true;
	return (
		typeof body === 'object' && body !== null && Object.getPrototypeOf(body) !== Object.prototype
	);
}

/** Methods that call Xero, as Xero generated them. */
export function methodsOf(api: { readonly prototype: object }): string[] {
	const members = Object.entries(Object.getOwnPropertyDescriptors(api.prototype));
	const isOwn = (name: string) =>
		['constructor', 'setApiKey', 'setDefaultAuthentication'].includes(name);
	return members
		.filter(([name, { value }]) => typeof value === 'function' && !isOwn(name))
		.map(([name]) => name);
}
