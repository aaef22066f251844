/** Where a workspace's alerts go. */
export type AlertTarget =
	/** Signed per Standard Webhooks; only the operator's may be without a secret, and is not signed then. */
	| { readonly kind: 'webhook'; readonly url: string; readonly secret: string | undefined }
	/** Takes `{text}`, as Slack's incoming webhooks do; its URL is its secret. */
	| { readonly kind: 'slack'; readonly url: string }
	| { readonly kind: 'email'; readonly to: readonly string[] };

export type AlertChannel = AlertTarget & {
	readonly id: string;
	readonly workspaceId: string;
};

/** What somebody asks for; the secret of a webhook is made by the hub. */
export type ChannelWish =
	| { readonly kind: 'webhook' | 'slack'; readonly url: string }
	| { readonly kind: 'email'; readonly to: readonly string[] };

/** A channel as it is shown, without what could be used to write to it. */
export interface ChannelView {
	readonly id: string;
	readonly kind: AlertTarget['kind'];
	/** The beginning of a URL, or the addresses. */
	readonly target: string;
	/** ISO 8601, UTC. */
	readonly createdAt: string;
	/** When it last took an alert. */
	readonly lastToldAt: string | null;
	/** Why it did not take the last one; null where it did. */
	readonly lastError: string | null;
}
