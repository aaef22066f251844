import { createHash, randomUUID } from 'node:crypto';

import { success, type Outcome } from '../errors/failure';
import type { RememberedSave, SaveMemory } from './SaveMemory';
import type { Saves, SecondRun } from './Saves';
import { mergeSaves, takeSaves, type SaveWish } from './takeSaves';

/** The way in which an execution began. */
export type RunKind = 'manual' | 'retry' | 'production';

export interface SavesDeps {
	readonly kind: RunKind;
	/** Such as `invoice:create`. */
	readonly operation: string;
	/** Found by a retry of this execution only. */
	readonly ofExecution: SaveMemory;
	/** Found by every later run of the node. */
	readonly ofNode: SaveMemory;
	/** The execution that is retried; absent where n8n does not tell. */
	readonly retried?: string;
	/** A run of a node in a loop says nothing of the runs that follow in the same execution. */
	readonly isInLoop: boolean;
	/** Unix milliseconds. */
	readonly now: () => number;
	readonly timeZone: string;
	hint(message: string): void;
}

export const SEND_AGAIN = 'Send Again Even If Saved';

/** What the runs of a node have saved, and which of it counts in this run. */
export function createSaves(deps: SavesDeps): Saves {
	const { kind, ofExecution, ofNode, retried, now, hint } = deps;
	const used = new Map<string, RememberedSave>();
	/** Equal to what a production execution sends nevertheless. */
	const equal = new Map<string, RememberedSave>();
	const asked = new Map<string, number>();
	let noted: RememberedSave[] = [];
	const remembered: RememberedSave[] = [];
	let unread: string | undefined;
	let unkept: string | undefined;
	let writing: Promise<void> = Promise.resolve();

	async function load(wishes: readonly SaveWish[]): Promise<readonly RememberedSave[]> {
		for (const { key } of wishes) asked.set(key, (asked.get(key) ?? 0) + 1);
		const keys = new Map(wishes.map(({ key }) => [key, asked.get(key) ?? 0]));
		const own = kind === 'retry' ? await ofExecution.load(keys) : success([]);
		const ofOthers = await ofNode.load(keys, retried);
		const known = own.ok ? own.value : [];
		if (ofOthers.ok) return mergeSaves(known, ofOthers.value);
		if (known.length === 0) unread = ofOthers.failure.message;
		return known;
	}

	async function write(): Promise<void> {
		const saves = noted;
		noted = [];
		if (saves.length === 0) return;
		remembered.push(...saves);
		await ofExecution.remember(saves);
		const kept = await ofNode.remember(saves);
		if (!kept.ok) unkept ??= kept.failure.message;
	}

	/** One after the other: n8n's store reads, changes and writes. */
	const flush = async () => {
		writing = writing.then(write);
		await writing;
	};

	function tell(): void {
		if (used.size > 0) hint(describeUsed([...used.values()], deps.timeZone));
		if (equal.size > 0) hint(describeEqual([...equal.values()], deps.timeZone));
		if (unread !== undefined && kind !== 'production') hint(describeUnread(unread));
	}

	async function forget(): Promise<Outcome<void>> {
		const own = [...used.values(), ...remembered];
		if (own.length > 0) await ofExecution.forget(own);
		const hasWritten = asked.size > 0 || remembered.length > 0;
		if (kind === 'manual' && !deps.isInLoop) {
			return hasWritten ? await ofNode.forget('all') : success(undefined);
		}
		const ofThis = kind === 'retry' ? own : remembered;
		return ofThis.length > 0 ? await ofNode.forget(ofThis) : success(undefined);
	}

	return {
		keyOf: (tenantId, content) =>
			createHash('sha256')
				.update(JSON.stringify([deps.operation, tenantId, ...content.map(hashable)]))
				.digest('hex'),

		async take(wishes) {
			if (wishes.length === 0) return new Map();
			const saves = await load(wishes);
			// An equal item of this run is another wish.
			const own = remembered.map(({ id }) => id);
			const taken = takeSaves(wishes, saves, new Set([...used.keys(), ...equal.keys(), ...own]));
			const into = kind === 'production' ? equal : used;
			for (const save of taken.values()) into.set(save.id, save);
			return kind === 'production' ? new Map() : taken;
		},

		note(key, records) {
			noted.push({ id: randomUUID(), key, savedAtMs: now(), records });
		},
		flush,

		async complete() {
			tell();
			noted = [];
			await writing;
			const own = used.size + remembered.length;
			const forgotten = await forget();
			if (!forgotten.ok && own > 0) hint(describeUnforgotten(forgotten.failure.message));
		},

		async stop(): Promise<SecondRun> {
			tell();
			await flush();
			return {
				retryLeavesOut: kind !== 'manual',
				manualLeavesOut: unkept === undefined,
				...(unkept === undefined ? {} : { reason: unkept }),
			};
		},
	};
}

/** A file goes in as its hash: it can have megabytes. */
function hashable(part: unknown): unknown {
	return Buffer.isBuffer(part) ? createHash('sha256').update(part).digest('hex') : part;
}

function describeUsed(saves: readonly RememberedSave[], timeZone: string): string {
	const unknown = saves.filter(({ records }) => records === undefined).length;
	return [
		`${countOf(saves)} saved ${timesOf(saves, timeZone)} by a run that stopped, and not sent again: the output says alreadySaved.`,
		unknown > 0
			? `For ${unknown} of them it is not known any more what Xero answered; the output shows what was sent.`
			: '',
		`To send them again, switch on Options: ${SEND_AGAIN}.`,
	]
		.filter(Boolean)
		.join(' ');
}

function describeEqual(saves: readonly RememberedSave[], timeZone: string): string {
	return `${countOf(saves)} equal to what a run that stopped has saved ${timesOf(saves, timeZone)}. They were sent all the same, because a new production execution means what it sends. If they were meant to be saved once only, take the others back in Xero; a retry of the run that stopped saves nothing twice.`;
}

function describeUnread(reason: string): string {
	return `It could not be looked up whether a run that stopped has already saved some of these items (${reason}). All of them were sent.`;
}

function describeUnforgotten(reason: string): string {
	return `What was saved could not be forgotten (${reason}): for an hour, a run from the editor takes equal items for saved. ${SEND_AGAIN} below Options sends them.`;
}

function countOf({ length }: readonly unknown[]): string {
	return length === 1 ? '1 item was' : `${length} items were`;
}

/** Such as `at 14:05`, or `between 14:05 and 14:20`. */
function timesOf(saves: readonly RememberedSave[], timeZone: string): string {
	const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
	const times = saves.map(({ savedAtMs }) => savedAtMs).sort((a, b) => a - b);
	const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0].map((ms) => format.format(ms));
	return first === last ? `at ${first}` : `between ${first} and ${last}`;
}
