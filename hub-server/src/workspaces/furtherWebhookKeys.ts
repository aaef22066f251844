/** A webhook key besides the current one. */
export interface FurtherWebhookKey {
	readonly key: string;
	/** Epoch milliseconds; null: the app's second key, valid until it is changed. */
	readonly until: number | null;
}

/** How long Xero may still sign with a webhook key that was replaced: its own retry window. */
export const WEBHOOK_KEY_GRACE_MS = 24 * 3600_000;

export interface WebhookKeySet {
	readonly current: string | null;
	readonly further: readonly FurtherWebhookKey[];
}

/** Undefined keeps what is there, null takes it away at once. */
export interface WebhookKeyWish {
	readonly webhookKey?: string | null | undefined;
	readonly secondWebhookKey?: string | null | undefined;
}

export function secondOf({ further }: WebhookKeySet): string | null {
	return further.find(({ until }) => until === null)?.key ?? null;
}

/**
 * The keys after a change. One that was replaced stays valid for a day, however often the key is
 * changed within it; one that was taken away ends at once.
 */
export function changeWebhookKeys(
	before: WebhookKeySet,
	{ webhookKey, secondWebhookKey }: WebhookKeyWish,
	now: number,
): WebhookKeySet {
	const formerSecond = secondOf(before);
	const current = webhookKey === undefined ? before.current : webhookKey;
	const second = secondWebhookKey === undefined ? formerSecond : secondWebhookKey;
	const replaced = [
		webhookKey === null ? null : before.current,
		secondWebhookKey === null ? null : formerSecond,
	].filter((key): key is string => key !== null && key !== current && key !== second);
	const until = now + WEBHOOK_KEY_GRACE_MS;
	const retired = before.further.filter(
		(one) => one.until !== null && one.until > now && one.key !== current && one.key !== second,
	);
	return {
		current,
		further: [
			...(second === null || second === current ? [] : [{ key: second, until: null }]),
			...replaced.map((key) => ({ key, until })),
			...(webhookKey === null ? [] : retired),
		],
	};
}

export function writeFurtherKeys(further: readonly FurtherWebhookKey[]): string | null {
	return further.length === 0 ? null : JSON.stringify(further);
}

/** @param legacyUntil of a text that is one key, as the hub wrote it before a second was possible */
export function readFurtherKeys(
	text: string | null,
	legacyUntil: number | null,
): readonly FurtherWebhookKey[] {
	if (text === null) return [];
	if (!text.startsWith('[{')) return [{ key: text, until: legacyUntil ?? 0 }];
	return JSON.parse(text) as FurtherWebhookKey[];
}
