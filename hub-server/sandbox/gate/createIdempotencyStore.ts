import { createHash } from 'node:crypto';
import { json, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';

export interface IdempotencyStore {
	/** The kept answer, or the refusal of a key that came with another request before. */
	lookUp(clientId: string, request: SandboxRequest): Reply | undefined;
	keep(clientId: string, request: SandboxRequest, reply: Reply): void;
}

/**
 * Answers to writes that carried an `Idempotency-Key`, errors included, for six minutes. Keys are
 * per app.
 *
 * @see https://developer.xero.com/documentation/guides/idempotent-requests/idempotency/
 */
export function createIdempotencyStore(now: () => number): IdempotencyStore {
	const kept = new Map<string, { fingerprint: string; reply: Reply; keptMs: number }>();

	return {
		lookUp(clientId, request) {
			const key = keyOf(request);
			if (key === undefined) return undefined;
			if (key.length > 128) {
				return invalid('Idempotency Key: The key is longer than 128 characters.');
			}
			const entry = kept.get(`${clientId} ${key}`);
			if (entry === undefined || now() - entry.keptMs >= LIFETIME_MS) return undefined;
			if (entry.fingerprint !== fingerprintOf(request)) {
				return invalid(`Idempotency Key: ${key} is used with a different request.`);
			}
			return entry.reply;
		},
		keep(clientId, request, reply) {
			const key = keyOf(request);
			if (key === undefined) return;
			for (const [name, entry] of kept) {
				if (now() - entry.keptMs < LIFETIME_MS) break;
				kept.delete(name);
			}
			const name = `${clientId} ${key}`;
			kept.delete(name);
			kept.set(name, { fingerprint: fingerprintOf(request), reply, keptMs: now() });
		},
	};
}

const LIFETIME_MS = 6 * 60_000;

function keyOf(request: SandboxRequest): string | undefined {
	if (!['POST', 'PUT', 'PATCH'].includes(request.method)) return undefined;
	const key = request.headers['idempotency-key'];
	return typeof key === 'string' && key !== '' ? key : undefined;
}

function fingerprintOf(request: SandboxRequest): string {
	return createHash('sha256')
		.update(`${request.method} ${request.path}?${request.query.toString()}\n`)
		.update(request.body)
		.digest('base64');
}

function invalid(message: string): Reply {
	return json(400, { ErrorNumber: 10, Type: 'ValidationException', Message: message });
}
