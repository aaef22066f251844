import { request, type Dispatcher } from 'undici';
import { isReceipt, RECEIPT_HEADER, signRelay } from '../../protocol';
import type { Clock } from '../clock';
import type { AttemptResult } from './deliveryLedger';

/** Standard Webhooks asks senders to wait 15 to 30 seconds. */
export const DELIVERY_TIMEOUT_MS = 20_000;

/** What is kept of an answer, so that a person can see what the workflow said. */
const KEPT_RESPONSE_BYTES = 4_096;

export interface OutgoingDelivery {
	/** Stable over all attempts; becomes `webhook-id`. */
	readonly id: string;
	readonly url: string;
	readonly body: string;
	/** `whsec_…`, current first. */
	readonly secrets: readonly string[];
}

export interface SendDeliveryDeps {
	/** The connections over which the URL may be requested. @throws when it may not */
	dispatcherFor(url: string): Promise<Dispatcher>;
	readonly now: Clock;
	/** Default: {@link DELIVERY_TIMEOUT_MS}. */
	readonly timeoutMs?: number;
}

export interface SendResult extends AttemptResult {
	/** Whether the trigger itself answered: a receipt of it came with a 2xx. */
	readonly hasReceipt: boolean;
	/** From the answer's `Retry-After`. */
	readonly retryAfterSeconds?: number | undefined;
	/** From the answer's `webhook-delivery`. */
	readonly wish?: DeliveryWish | undefined;
}

/** What a receiver asks of a sender of Standard Webhooks, besides its status. */
export type DeliveryWish = 'disable' | 'abort-message';

/**
 * One signed POST. Never throws: a refused connection is a result like any other. Redirects are not
 * followed: the guard approved this address and no other.
 */
export async function sendDelivery(
	delivery: OutgoingDelivery,
	deps: SendDeliveryDeps,
): Promise<SendResult> {
	const startedAt = deps.now();
	const clock = performance.now();
	const ms = () => Math.round(performance.now() - clock);
	const timeoutMs = deps.timeoutMs ?? DELIVERY_TIMEOUT_MS;
	const deadline = startDeadline(timeoutMs);
	try {
		const response = await request(delivery.url, {
			method: 'POST',
			dispatcher: await deps.dispatcherFor(delivery.url),
			headers: {
				'content-type': 'application/json; charset=utf-8',
				'user-agent': 'xero-hub',
				...signRelay({
					id: delivery.id,
					timestampSeconds: startedAt / 1000,
					body: delivery.body,
					secrets: delivery.secrets,
				}),
			},
			body: delivery.body,
			signal: deadline.signal,
		});
		const { statusCode, headers } = response;
		const responseBody = await readStart(response.body);
		return {
			startedAt,
			ms: ms(),
			statusCode,
			responseBody,
			hasReceipt:
				isSuccess(statusCode) && isReceipt(headers[RECEIPT_HEADER], delivery.id, delivery.secrets),
			retryAfterSeconds: retryAfter(headers['retry-after'], deps.now()),
			wish: deliveryWish(headers['webhook-delivery']),
		};
	} catch (cause) {
		return { startedAt, ms: ms(), error: reasonOf(cause, timeoutMs), hasReceipt: false };
	} finally {
		deadline.clear();
	}
}

/**
 * As `AbortSignal.timeout`, which cannot be cleared: it would keep all that a delivery was made of for the
 * whole twenty seconds, and at 300 deliveries a second that is a hundred megabytes.
 */
function startDeadline(ms: number): { readonly signal: AbortSignal; clear(): void } {
	const ended = new AbortController();
	const timer = setTimeout(() => {
		ended.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
	}, ms);
	return { signal: ended.signal, clear: () => clearTimeout(timer) };
}

/** Any 2xx. */
export function isSuccess(statusCode: number | undefined): boolean {
	return statusCode !== undefined && statusCode >= 200 && statusCode < 300;
}

/**
 * Reads no more than is kept: a receiver must not be able to fill the hub's memory. A body that is cut
 * or stalls takes nothing back of the status that came before it.
 */
async function readStart(body: Dispatcher.ResponseData['body']): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of body) {
			chunks.push(chunk as Buffer);
			size += (chunk as Buffer).length;
			if (size >= KEPT_RESPONSE_BYTES) break;
		}
	} catch {
		// What came of it is kept.
	}
	return Buffer.concat(chunks)
		.subarray(0, KEPT_RESPONSE_BYTES)
		.toString('utf8')
		.replaceAll('\0', '');
}

function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
	const value = Array.isArray(header) ? header[0] : header;
	if (value === undefined) return undefined;
	if (/^\d{1,9}$/.test(value)) return Number(value);
	const at = Date.parse(value);
	return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1000);
}

function deliveryWish(header: string | string[] | undefined): DeliveryWish | undefined {
	const value = String(header).trim().toLowerCase();
	return value === 'disable' || value === 'abort-message' ? value : undefined;
}

function reasonOf(cause: unknown, timeoutMs: number): string {
	const { name, message, code, errors } = cause as Partial<NodeJS.ErrnoException> & {
		readonly errors?: readonly unknown[];
	};
	if (name === 'TimeoutError') return `No answer within ${timeoutMs / 1000} s.`;
	if (code === 'ECONNREFUSED') return 'Connection refused: nothing listens at that address.';
	// Node tried every address of the host.
	if (errors && !message) return errors.map((error) => reasonOf(error, timeoutMs)).join(' ');
	return `${message ?? 'The request failed.'}${code ? ` (${code})` : ''}`;
}
