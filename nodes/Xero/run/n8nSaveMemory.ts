import type { IExecuteFunctions } from 'n8n-workflow';

import { refuse, success, type Outcome } from '../errors/failure';
import { savesIn } from './executionSaveMemory';
import { REMEMBERED_MS, type RememberedSave, type SaveMemory } from './SaveMemory';

const MINUTE_MS = 60_000;

/** Beyond as many equal saves as are asked for: an execution may have taken its own out of their row. */
const SPARE = 2;

/** Looked up at a time: n8n writes all of them down and forgets them again. */
const VALUES_A_LOOK = 1_000;

/** Executions before this one that may have saved what is remembered. */
const EXECUTIONS_BACK = 500;

/** Whose data are read for what came out: each as large as what it carried. */
const EXECUTIONS_READ = 5;

/** n8n's deduplication store, as `Remove Duplicates` uses it. */
const SCOPE = 'node';
const OPTIONS = { mode: 'entries' } as const;

/** What tells two saves apart that ask for the same. */
interface Place {
	readonly key: string;
	/** Since 1970. */
	readonly minute: number;
	/** Counts equal saves of a minute. */
	readonly number: number;
}

/**
 * n8n's own deduplication store as a memory (n8n 1.80 and later), kept in its database for the node. It holds
 * hashes and answers whether it has one; a question is written down and has to be taken out again. So a save
 * is two values, the second of which is only asked for where the first is there: a question that was cut
 * short says nothing. The minutes and executions that saved something are values too, and lead to what
 * came out: n8n keeps it with the execution that stopped.
 */
export function n8nSaveMemory(
	context: IExecuteFunctions,
	execution: string,
	now: () => number,
): SaveMemory {
	const { helpers } = context;
	const nodeId = context.getNode().id;
	const nextPlace = numbering();
	/** What this run itself has saved: an equal item of it is another wish. */
	const own = new Set<string>();

	/** Which of the values are there. */
	async function known(values: readonly string[]): Promise<string[]> {
		const found: string[] = [];
		for (let start = 0; start < values.length; start += VALUES_A_LOOK) {
			const asked = values.slice(start, start + VALUES_A_LOOK);
			const answer = await helpers.checkProcessedAndRecord(asked, SCOPE, OPTIONS);
			if (answer.new.length > 0) await helpers.removeProcessed(answer.new, SCOPE, OPTIONS);
			found.push(...answer.processed.map(String));
		}
		return found;
	}

	async function findPlaces(
		keys: ReadonlyMap<string, number>,
		of: string | undefined,
	): Promise<Place[]> {
		const current = minuteOf(now());
		const first = minuteOf(now() - REMEMBERED_MS) + 1;
		const minutes = Array.from({ length: current - first + 1 }, (_, index) => first + index);
		const live = new Set(await known(minutes.map(minuteValue)));
		const alive = minutes.filter((minute) => live.has(minuteValue(minute)));
		if (alive.length === 0) {
			await helpers.clearAllProcessedItems(SCOPE, OPTIONS);
			return [];
		}
		const candidates = [...keys].flatMap(([key, count]) =>
			alive.flatMap((minute) =>
				Array.from({ length: count + SPARE }, (_, number) => ({ key, minute, number })),
			),
		);
		const firsts = new Set(await known(candidates.map(saveValue)));
		const likely = candidates.filter((place) => firsts.has(saveValue(place)));
		const certain = (place: Place) => (of === undefined ? secondValue(place) : ownValue(of, place));
		const seconds = new Set(await known(likely.map(certain)));
		return likely.filter((place) => seconds.has(certain(place)));
	}

	/** What the executions have kept that saved something. */
	async function keptRecords(): Promise<RememberedSave[]> {
		const current = Number(context.getExecutionId());
		if (!Number.isInteger(current) || !('getExecutionDataById' in context)) return [];
		const ids = Array.from({ length: Math.min(EXECUTIONS_BACK, current) }, (_, index) =>
			executionValue(String(current - 1 - index)),
		);
		const saves: RememberedSave[] = [];
		for (const value of (await known(ids)).slice(0, EXECUTIONS_READ)) {
			const data = await context
				.getExecutionDataById(value.slice(EXECUTION.length))
				.catch(() => undefined);
			saves.push(...savesIn(data?.executionData?.contextData.flow ?? {}, nodeId));
		}
		return saves;
	}

	const valuesOf = (place: Place) => [
		saveValue(place),
		secondValue(place),
		ownValue(execution, place),
	];

	return {
		load: async (keys, of) =>
			await attempt(async () => {
				if ((await helpers.getProcessedDataCount(SCOPE, OPTIONS)) === 0) return [];
				const found = await findPlaces(keys, of);
				const places = found.filter((place) => !own.has(saveValue(place)));
				if (places.length === 0) return [];
				const records = new Map<string, RememberedSave[]>();
				for (const save of await keptRecords()) {
					const name = sameMinute(save.key, minuteOf(save.savedAtMs));
					records.set(name, [...(records.get(name) ?? []), save]);
				}
				return places.map((place): RememberedSave => {
					const kept = records.get(sameMinute(place.key, place.minute))?.shift();
					return {
						id: saveValue(place),
						key: place.key,
						savedAtMs: kept?.savedAtMs ?? place.minute * MINUTE_MS,
						...(kept?.records === undefined ? {} : { records: kept.records }),
					};
				});
			}),

		remember: async (saves) =>
			await attempt(async () => {
				const minutes = new Set(saves.map(({ savedAtMs }) => minuteOf(savedAtMs)));
				let open = saves.map(nextPlace);
				while (open.length > 0) {
					const { processed } = await helpers.checkProcessedAndRecord(
						open.map(saveValue),
						SCOPE,
						OPTIONS,
					);
					const taken = new Set(processed);
					const kept = open.filter((place) => !taken.has(saveValue(place)));
					for (const place of kept) own.add(saveValue(place));
					if (kept.length > 0) {
						await helpers.checkProcessedAndRecord(
							kept.flatMap((place) => [secondValue(place), ownValue(execution, place)]),
							SCOPE,
							OPTIONS,
						);
					}
					// Another execution's, of the same minute.
					open = open
						.filter((place) => taken.has(saveValue(place)))
						.map(({ key, minute }) => nextPlace({ key, savedAtMs: minute * MINUTE_MS }));
				}
				const id = context.getExecutionId();
				await helpers.checkProcessedAndRecord(
					[...[...minutes].map(minuteValue), ...(id === undefined ? [] : [executionValue(id)])],
					SCOPE,
					OPTIONS,
				);
			}),

		forget: async (which) =>
			await attempt(async () => {
				if (which === 'all') {
					await helpers.clearAllProcessedItems(SCOPE, OPTIONS);
					return;
				}
				const values = which.map(numbering()).flatMap(valuesOf);
				if (values.length > 0) await helpers.removeProcessed(values, SCOPE, OPTIONS);
			}),
	};
}

/** An n8n before 1.80 has no such store, and a workflow that was never saved none of its own. */
async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
	try {
		return success(await work());
	} catch (error) {
		return refuse({
			kind: 'api',
			message: `n8n keeps no memory for this node: ${(error as Error).message}`,
		});
	}
}

/** Numbers equal saves of one minute. */
function numbering(): (save: Pick<RememberedSave, 'key' | 'savedAtMs'>) => Place {
	const counts = new Map<string, number>();
	return ({ key, savedAtMs }) => {
		const minute = minuteOf(savedAtMs);
		const name = sameMinute(key, minute);
		const number = counts.get(name) ?? 0;
		counts.set(name, number + 1);
		return { key, minute, number };
	};
}

const EXECUTION = 'execution ';

const minuteOf = (ms: number) => Math.floor(ms / MINUTE_MS);
const sameMinute = (key: string, minute: number) => `${key} ${minute}`;
const minuteValue = (minute: number) => `minute ${minute}`;
const executionValue = (id: string) => `${EXECUTION}${id}`;
const saveValue = ({ key, minute, number }: Place) => `${key} ${minute} ${number}`;
const ownValue = (execution: string, place: Place) => `${saveValue(place)} of ${execution}`;
const secondValue = (place: Place) => `${saveValue(place)} again`;
