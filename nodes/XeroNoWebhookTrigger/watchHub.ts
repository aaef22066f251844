import type { IDataObject, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

import type { PulledPage, RelayedEvent } from '../../hub-server/protocol';
import { refuseInput, success, type Outcome } from '../Xero/errors/failure';
import { readXeroDates } from '../Xero/values/xeroDates';
import type { ChangeEvent } from './changeEvent';
import { createReporter } from './createReporter';
import { createRounds } from './createRounds';
import { everyMinute } from './everyMinute';
import { hubDeliveries, type HeldSubscription, type OrGone } from './hubDeliveries';
import type { HubWatching } from './HubWatching';
import {
	pullMemoryOf,
	storedSubscription,
	storeSubscription,
	type PullMemories,
} from './pullMemory';
import { reportFailure } from './reportFailure';
import { secondOf } from './secondOf';
import { startWorkflow } from './startWorkflow';
import type { BatchFate } from './watchList';
import { ACTIVATION_MS } from './watchXero';

export interface HubTools {
	/** Of this process. */
	readonly memories: PullMemories;
	/** Waits, in milliseconds. */
	readonly sleep: (ms: number) => Promise<void>;
}

/** What is read, as a failure names it. */
const DELIVERIES = 'the events of the hub';

/** Of one round: a subscription that goes again and again is somebody else's to mend. */
const MOST_SUBSCRIBES = 3;

/**
 * Asks the hub for events while the workflow is published: each interval all that is due, page by page, and
 * acknowledges each page when its execution has ended. No failure ends it; each is shown once, as a failed
 * execution.
 *
 * @param watching what was asked for: expressions can be read only while n8n activates the trigger
 */
export async function watchHub(
	context: ITriggerFunctions,
	watching: HubWatching,
	{ memories, sleep }: HubTools,
): Promise<ITriggerResponse> {
	const node = context.getNode();
	const workflowId = String(context.getWorkflow().id);
	const staticData = context.getWorkflowStaticData('node');
	const memory = pullMemoryOf(memories, `${workflowId} ${node.id}`);
	const hub = hubDeliveries(context);
	const rounds = createRounds(watching.everyMinutes);
	const reporter = createReporter((failure, what) => reportFailure(context, failure, what));
	let held: HeldSubscription | undefined;
	let hasSubscribed = false;
	let onSubscribed = () => {};
	let isRunning = false;
	let restMinutes = 0;
	let isClosed = false;

	const remove = async (subscription: HeldSubscription) => {
		const removed = await hub.remove(subscription);
		if (removed.ok) return;
		context.logger.warn(`${removed.failure.message}. Its queue waits for the next activation.`);
	};

	const subscribe = async (): Promise<Outcome<HeldSubscription>> => {
		const { url, generation } = storedSubscription(staticData) ?? {};
		const made = await hub.subscribe({
			...watching.wish,
			key: { instanceId: context.getInstanceId(), workflowId, nodeId: node.id },
			...(url !== undefined && { url }),
			...(generation !== undefined && { generation }),
		});
		if (!made.ok) return made;
		storeSubscription(staticData, made.value);
		// Somebody has pulled who was not unpublished: killed, or this is a copy of n8n's database. One that is
		// alive comes by within its interval, and has the older right.
		if (!hasSubscribed && made.value.pulledAt !== null) restMinutes = watching.everyMinutes + 1;
		hasSubscribed = true;
		if (isClosed) await remove(made.value);
		onSubscribed();
		return success(made.value);
	};

	/** What could not be said when the workflow had ended. */
	const acknowledgeEnded = async (): Promise<Outcome<unknown>> => {
		if (memory.ended === undefined) return success(undefined);
		const said = await hub.acknowledge(memory.ended.of, memory.ended);
		if (said.ok) memory.ended = undefined;
		return said;
	};

	const start = async (of: HeldSubscription, page: PulledPage): Promise<Outcome<BatchFate>> => {
		const events = page.items.map(({ event }) => asChange(event));
		const fate = await startWorkflow(context, events, watching.countAsTold);
		if (!fate.ok || fate.value === 'comesAgain') return fate;
		memory.ended = { ...page, of };
		const said = await acknowledgeEnded();
		return said.ok ? fate : said;
	};

	/** All that is due, page by page. */
	const drain = async (of: HeldSubscription): Promise<Outcome<OrGone<BatchFate>>> => {
		const said = await acknowledgeEnded();
		if (!said.ok) return said;
		while (!isClosed) {
			const page = await hub.pull(of);
			if (!page.ok || page.value === 'gone') return page as Outcome<'gone'>;
			if (page.value.items.length > 0) {
				const fate = await start(of, page.value);
				if (!fate.ok || fate.value === 'comesAgain') return fate;
			}
			if (!page.value.more) break;
		}
		return success('counts');
	};

	const pullAll = async (): Promise<Outcome<BatchFate>> => {
		for (let tries = 0; tries < MOST_SUBSCRIBES; tries += 1) {
			if (held === undefined) {
				const made = await subscribe();
				if (!made.ok) return made;
				held = made.value;
			}
			if (isClosed || restMinutes > 0 || memory.isBusy) return success('counts');
			memory.isBusy = true;
			const outcome = await drain(held).finally(() => {
				memory.isBusy = false;
			});
			if (!outcome.ok || outcome.value !== 'gone') return outcome as Outcome<BatchFate>;
			held = undefined;
		}
		return TAKEN_AWAY;
	};

	/** What nobody foresaw, such as a credential that was deleted, must not end n8n. */
	const round = async () => {
		if (isClosed || isRunning || restMinutes > 0 || !rounds.isDue(DELIVERIES)) return;
		isRunning = true;
		const outcome = await pullAll().catch((error: unknown) =>
			refuseInput<BatchFate>(error instanceof Error ? error.message : String(error)),
		);
		isRunning = false;
		reporter.ended(DELIVERIES, outcome);
		rounds.ended(DELIVERIES, outcome);
	};

	everyMinute(context.helpers, secondOf(node.id), () => {
		rounds.nextMinute();
		restMinutes = Math.max(0, restMinutes - 1);
		void round();
	});
	const subscribed = new Promise<void>((done) => {
		onSubscribed = done;
	});
	await Promise.race([round(), subscribed, sleep(ACTIVATION_MS)]);
	return {
		closeFunction: async () => {
			isClosed = true;
			if (held !== undefined) await remove(held);
		},
	};
}

const TAKEN_AWAY = refuseInput(
	'Something else takes the subscription of this trigger away',
	'Look in the hub’s audit log who deletes it.',
);

/** As it starts the workflow. */
export function asChange({ record, ...event }: RelayedEvent): ChangeEvent {
	return {
		...event,
		...(record !== undefined && { record: readXeroDates(record as IDataObject) }),
	};
}
