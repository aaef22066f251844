import type { IExecuteFunctions } from 'n8n-workflow';

import type { Outcome } from '../errors/failure';
import { createSaves, type RunKind } from './createSaves';
import { executionSaveMemory } from './executionSaveMemory';
import { hubSaveMemory } from './hubSaveMemory';
import { n8nSaveMemory } from './n8nSaveMemory';
import type { ExecutionName } from './readMark';
import type { SaveMemory } from './SaveMemory';
import type { Saves } from './Saves';

/** The saves of the node that runs: the hub remembers them where it is the node's way to Xero, else n8n. */
export function savesOf(
	context: IExecuteFunctions,
	run: {
		readonly execution: ExecutionName;
		readonly timeZone: string;
		hint(message: string): void;
	},
): Saves {
	const { id, origin } = run.execution;
	const { name, parameters } = context.getNode();
	const now = Date.now;
	const n8n = n8nSaveMemory(context, origin, now);
	const isDirect = ['oAuth2', 'customConnection'].includes(String(parameters.authentication));
	return createSaves({
		kind: kindOf(context),
		operation: ['resource', 'operation'].map((part) => String(parameters[part])).join(':'),
		ofExecution: executionSaveMemory(context, now),
		ofNode: isDirect ? n8n : unlessOlder(hubSaveMemory(context, origin), n8n),
		...(id === origin ? {} : { retried: origin }),
		isInLoop: context
			.getParentNodes(name)
			.some((before) => context.getChildNodes(name).some((after) => after.name === before.name)),
		now,
		timeZone: run.timeZone,
		hint: run.hint,
	});
}

function kindOf(context: IExecuteFunctions): RunKind {
	const mode = context.getMode();
	return mode === 'manual' || mode === 'retry' ? mode : 'production';
}

/** A hub that knows nothing of saves leaves them to n8n. */
function unlessOlder(hub: SaveMemory, n8n: SaveMemory): SaveMemory {
	let memory = hub;
	const either = async <T>(
		ask: (memory: SaveMemory) => Promise<Outcome<T>>,
	): Promise<Outcome<T>> => {
		const answer = await ask(memory);
		if (answer.ok || memory === n8n || answer.failure.httpCode !== '404') return answer;
		memory = n8n;
		return await ask(memory);
	};
	return {
		load: async (keys, execution) => await either(async (one) => await one.load(keys, execution)),
		remember: async (saves) => await either(async (one) => await one.remember(saves)),
		forget: async (which) => await either(async (one) => await one.forget(which)),
	};
}
