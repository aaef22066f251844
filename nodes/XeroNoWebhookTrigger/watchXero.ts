import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

import { refuse, refuseInput, success, type Outcome } from '../Xero/errors/failure';
import type { PageReader } from '../Xero/requests/readPage';
import { createTransport } from '../Xero/transport/createTransport';
import { noOrganisation } from '../Xero/transport/onlyOrganisation';
import type { Organisation } from '../Xero/transport/XeroTransport';
import { changeEvent } from './changeEvent';
import { createReporter } from './createReporter';
import { createRounds } from './createRounds';
import { everyMinute } from './everyMinute';
import { readBaseline, readChangesOf } from './readWatchedList';
import { reportFailure } from './reportFailure';
import { secondOf } from './secondOf';
import { startWorkflow } from './startWorkflow';
import { watchedBy, type Watching } from './Watching';
import { watchList } from './watchList';
import { keepOnly, openMemory, saveMemory, watchOf, type WatchMemories } from './watchMemory';
import type { WatchedList } from './watchedLists';

/** Of one list, and of all lists of a node together: what n8n writes each time the workflow starts. */
const STATES_OF_LIST = 5_000;
const STATES_OF_NODE = 20_000;

/** How long the activation waits for the baseline. One that takes longer is made all the same. */
export const ACTIVATION_MS = 30_000;

/** What is read, as a failure names it. */
const ORGANISATIONS = 'the organisations of the connection';
const EVERYTHING = 'Xero';

export interface WatchTools {
	/** Of this process. */
	readonly memories: WatchMemories;
	/** Waits, in milliseconds. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Unix milliseconds. */
	readonly now: () => number;
}

/**
 * Watches Xero while the workflow is published: each interval every list of every organisation, all beside
 * each other and none twice at once. No failure ends it; each is shown once, as a failed execution.
 *
 * @param watching what was asked for: expressions can be read only while n8n activates the trigger
 */
export async function watchXero(
	context: ITriggerFunctions,
	watching: Watching,
	{ memories, sleep, now }: WatchTools,
): Promise<ITriggerResponse> {
	const node = context.getNode();
	const staticData = context.getWorkflowStaticData('node');
	const memory = openMemory(memories, `${context.getWorkflow().id} ${node.id}`, staticData);
	const reader: PageReader = { transport: createTransport(context), nowMs: now };
	const rounds = createRounds(watching.everyMinutes);
	const reporter = createReporter((failure, what) => reportFailure(context, failure, what));
	const lists = watchedBy(watching.events);
	keepOnly(memory, (key) => {
		const [tenantId = '', name] = key.split(' ');
		return (
			lists.some(({ collection }) => collection.name === name) &&
			isChosen(watching.organisations, tenantId)
		);
	});
	let organisations: readonly Organisation[] = [];
	let isClosed = false;

	const ended = <T extends Outcome<unknown>>(key: string, outcome: T): T => {
		reporter.ended(key, outcome);
		return outcome;
	};

	const watchOne = async (list: WatchedList, organisation: Organisation) => {
		const { tenantId } = organisation;
		const key = `${tenantId} ${list.collection.name}`;
		if (!rounds.isDue(key)) return;
		const limit = Math.min(
			STATES_OF_LIST,
			Math.floor(STATES_OF_NODE / (lists.length * organisations.length)),
		);
		const outcome = await watchList(watchOf(memory, key), {
			list,
			wanted: watching.events,
			limit,
			isClosed: () => isClosed,
			baseline: async () => await readBaseline(reader, list, tenantId, limit),
			changes: async (position, room) =>
				await readChangesOf(reader, list, tenantId, position, room),
			emit: async (changes) => {
				// n8n saves it as it emits: where this ends before the run does, the batch comes again.
				saveMemory(memory, staticData);
				const events = changes.map((change) =>
					changeEvent(list, organisation, change, new Date(now())),
				);
				return await startWorkflow(context, events, watching.countAsTold);
			},
		});
		rounds.ended(key, ended(`the ${list.collection.label}s of ${organisation.name}`, outcome));
	};

	const findOrganisations = async () => {
		const found = await reader.transport.organisations();
		const chosen = found.ok ? chosenOf(found.value, watching.organisations) : found;
		rounds.ended(ORGANISATIONS, ended(ORGANISATIONS, chosen.ok ? success('counts') : chosen));
		if (found.ok) organisations = reachedOf(found.value, watching.organisations);
	};

	const round = async () => {
		if (rounds.isDue(ORGANISATIONS)) await findOrganisations();
		if (isClosed) return;
		await Promise.all(
			organisations.flatMap((organisation) =>
				lists.map(async (list) => await watchOne(list, organisation)),
			),
		);
	};
	/** What nobody foresaw, such as a credential that was deleted, must not end n8n. */
	const safely = async () => {
		try {
			await round();
			reporter.ended(EVERYTHING, success(undefined));
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			reporter.ended(EVERYTHING, refuseInput(message));
		}
	};

	await Promise.race([safely(), sleep(ACTIVATION_MS)]);
	saveMemory(memory, staticData);
	everyMinute(context.helpers, secondOf(node.id), () => {
		rounds.nextMinute();
		void safely();
	});
	return {
		closeFunction: async () => {
			isClosed = true;
		},
	};
}

function reachedOf(
	organisations: readonly Organisation[],
	chosen: ReadonlySet<string>,
): readonly Organisation[] {
	return organisations.filter(({ tenantId }) => isChosen(chosen, tenantId));
}

function isChosen(chosen: ReadonlySet<string>, tenantId: string): boolean {
	return chosen.size === 0 || chosen.has(tenantId);
}

/** The organisations to watch, or which of the chosen ones are not to be had. */
function chosenOf(
	organisations: readonly Organisation[],
	chosen: ReadonlySet<string>,
): Outcome<readonly Organisation[]> {
	const reached = reachedOf(organisations, chosen);
	const missing = [...chosen].filter((id) => !reached.some(({ tenantId }) => tenantId === id));
	if (missing.length > 0) {
		return refuseInput(
			`The connection to Xero does not reach the organisation ${missing.join(', ')}`,
			'Connect it in the credential, or take it out of the trigger.',
		);
	}
	return reached.length > 0 ? success(reached) : refuse(noOrganisation('direct'));
}
