import { reasonOf } from './Finding';

/** Why nothing answered at an address. */
export interface Unreachable {
	/** Completes "… cannot be reached: ". */
	readonly reason: string;
	/** What to do, where the reason alone tells. */
	readonly todo?: string;
}

const FIX_NAMES =
	'Make this machine resolve names: look at /etc/resolv.conf, or at the DNS settings of the container.';

/** @param cause what `fetch` threw */
export function whyUnreachable(cause: unknown): Unreachable {
	const inner = (cause as { readonly cause?: unknown }).cause ?? cause;
	const { name, code, syscall } = inner as Partial<NodeJS.ErrnoException>;
	if (name === 'TimeoutError') {
		return {
			reason: 'no answer within 10 s. A name server, a route or a firewall swallows the question.',
		};
	}
	if (syscall === 'getaddrinfo') {
		const what = code === 'ENOTFOUND' ? 'nobody knows this name' : 'no name server answers';
		return { reason: `${what} (${reasonOf(inner)}).`, todo: FIX_NAMES };
	}
	return { reason: reasonOf(inner) };
}
