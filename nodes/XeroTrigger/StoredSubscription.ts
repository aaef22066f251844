/** What a trigger node remembers of its subscription, in n8n's static data. */
export interface StoredSubscription {
	readonly id: string;
	/** `whsec_…`. */
	readonly secret: string;
	/** Absent where an older version of this pack, or of the hub, made it. */
	readonly generation?: number;
	/** What the node asked for: tells whether it still wants the same when the hub is away. Absent as above. */
	readonly asked?: string;
}
