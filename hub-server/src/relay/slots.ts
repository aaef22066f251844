import type { InFlight } from './shareSlots';

/** What holds a slot. */
export interface SlotHolder {
	readonly workspaceId: string;
	/** The subscription's or organisation's. */
	readonly queueId: string;
	/** What it keeps in memory, roughly. */
	readonly bytes: number;
}

/** What a process has under way, and whom it served when. */
export interface Slots extends InFlight {
	count(): number;
	/** What all keep in memory, or one workspace or queue. */
	bytes(id?: string): number;
	take(holder: SlotHolder): void;
	giveBack(holder: SlotHolder): void;
}

/** Whoever was served before so many others is forgotten, and counts as never served. */
const REMEMBERED = 10_000;

export function createSlots(): Slots {
	const held = new Map<string, number>();
	const bytesOf = new Map<string, number>();
	/** Served longest ago first. */
	const served = new Map<string, number>();
	let count = 0;
	let bytes = 0;
	let turn = 0;

	function hold(id: string, size: number, change: 1 | -1): void {
		const now = (held.get(id) ?? 0) + change;
		if (now > 0) {
			held.set(id, now);
			bytesOf.set(id, (bytesOf.get(id) ?? 0) + size * change);
		} else {
			held.delete(id);
			bytesOf.delete(id);
		}
	}

	function serve(id: string): void {
		served.delete(id);
		served.set(id, turn);
		const [oldest] = served.keys();
		if (oldest !== undefined && served.size > REMEMBERED) served.delete(oldest);
	}

	return {
		count: () => count,
		bytes: (id) => (id === undefined ? bytes : (bytesOf.get(id) ?? 0)),
		held: (id) => held.get(id) ?? 0,
		lastServed: (id) => served.get(id) ?? 0,
		take(holder) {
			turn += 1;
			count += 1;
			bytes += holder.bytes;
			for (const id of [holder.workspaceId, holder.queueId]) {
				hold(id, holder.bytes, 1);
				serve(id);
			}
		},
		giveBack(holder) {
			count -= 1;
			bytes -= holder.bytes;
			for (const id of [holder.workspaceId, holder.queueId]) hold(id, holder.bytes, -1);
		},
	};
}
