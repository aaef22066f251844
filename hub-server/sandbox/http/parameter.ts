import type { SandboxRequest } from './SandboxRequest';

/** A query parameter by name, in any case. */
export function parameter(request: SandboxRequest, name: string): string | undefined {
	const exact = request.query.get(name);
	if (exact !== null) return exact;
	for (const [key, value] of request.query) {
		if (key.toLowerCase() === name.toLowerCase()) return value;
	}
	return undefined;
}
