import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { CodedKind, XeroRecord } from '../../../hub-server/protocol/xero';
import { success, type Outcome } from '../errors/failure';
import { createHubPort } from '../transport/createHubPort';
import { createTransport } from '../transport/createTransport';
import type { HubPort } from '../transport/HubPort';
import { onlyOrganisation } from '../transport/onlyOrganisation';
import type { XeroTransport } from '../transport/XeroTransport';
import { localDates } from '../values/localDates';
import { locatorValue } from '../values/locatorValue';
import { wholeCharacters } from '../values/wholeCharacters';
import { executionEndings, type EndingOf } from './executionEnding';
import { executionName } from './executionName';
import { goesOnAfterFailure } from './goesOnAfterFailure';
import { marksOf, type OpenMarks } from './markMemory';
import { savesOf } from './savesOf';
import type { ExecutionName } from './readMark';
import type { Saves } from './Saves';

/** Binary data of an input item. */
export interface ItemFile {
	readonly bytes: Buffer;
	readonly fileName?: string;
	readonly mimeType: string;
}

/** One run of the node over all its input items, as operations see it. */
export interface OperationRun {
	readonly itemCount: number;
	/** Without "Continue On Fail", nothing more is sent after the first failure. */
	readonly stopsAtFirstFailure: boolean;
	readonly transport: XeroTransport;
	/** Absent where the node goes to Xero directly. */
	readonly hub?: HubPort;
	readonly node: { readonly id: string; readonly name: string };
	readonly execution: ExecutionName;
	/** Whether a person runs it from the editor. */
	readonly isManual: boolean;
	/** Same for every try of this run, also in a retry of the execution: execution, node and run number. */
	readonly idempotencySeed: string;
	/** The workflow's, such as `Pacific/Auckland`. */
	readonly timeZone: string;
	/** Unix milliseconds. */
	nowMs(): number;
	/** Milliseconds that nobody sets, for how long something takes. */
	uptimeMs(): number;
	/**
	 * A parameter of one item, its expression resolved; a JavaScript date as text in the workflow's time
	 * zone, and half a character as `�`. Throws where the expression does.
	 */
	parameter(name: string, item: number, fallback?: unknown): unknown;
	/** Where the incremental reads of the workflow stand. */
	readonly openMarks: OpenMarks;
	/** What earlier runs of the node, and this one, have saved. */
	readonly saves: Saves;
	/**
	 * How the members of a record are taken, by the first input item of it: with Xero's values in the place of another
	 * system's. Absent where they are taken as they are.
	 */
	readonly takeMembers?: (
		inputItem: number,
	) => ((members: XeroRecord, kind: CodedKind) => Outcome<XeroRecord>) | undefined;
	/** How an earlier execution ended; absent where n8n cannot tell. */
	readonly endingOf?: EndingOf;
	/** Shows a sentence above the node's output in the editor. */
	hint(message: string): void;
	/** A file of an item. Throws where the item has none in that property. */
	readFile(item: number, property: string): Promise<ItemFile>;
	/** Bytes as n8n carries them between nodes. */
	writeFile(bytes: Buffer, fileName: string, mimeType: string): Promise<IBinaryData>;
	/** The tenant id to use for an item; asks for the connections once at most. */
	organisationOf(item: number): Promise<Outcome<string>>;
	/** The node's input items that an item of this run stands for; several if it is a document of them. */
	inputItems(item: number): readonly number[];
}

export function createRun(context: IExecuteFunctions): OperationRun {
	const transport = createTransport(context);
	const only = once(async () => {
		const organisations = await transport.organisations();
		return organisations.ok
			? onlyOrganisation(organisations.value, transport.route)
			: organisations;
	});
	const timeZone = context.getTimezone();
	const parameter: OperationRun['parameter'] = (name, item, fallback) =>
		wholeCharacters(localDates(context.getNodeParameter(name, item, fallback), timeZone));

	const { id, name } = context.getNode();
	const execution = executionName(context);

	const hint = (message: string) => context.addExecutionHints({ message, location: 'outputPane' });
	const saves = savesOf(context, { execution, timeZone, hint });

	return {
		itemCount: context.getInputData().length,
		stopsAtFirstFailure: !goesOnAfterFailure(context),
		transport: {
			...transport,
			async send(request) {
				await saves.flush();
				return await transport.send(request);
			},
		},
		hub: createHubPort(context),
		node: { id, name },
		execution,
		isManual: context.getMode() === 'manual',
		idempotencySeed: [execution.origin, id, context.getWorkflowDataProxy(0).$runIndex].join(':'),
		timeZone,
		nowMs: Date.now,
		uptimeMs: () => performance.now(),
		parameter,
		openMarks: marksOf(context),
		endingOf: executionEndings(context),
		saves,
		hint,
		async readFile(item, property) {
			const { fileName, mimeType } = context.helpers.assertBinaryData(item, property);
			const bytes = await context.helpers.getBinaryDataBuffer(item, property);
			return { bytes, fileName, mimeType };
		},
		writeFile: async (bytes, fileName, mimeType) =>
			await context.helpers.prepareBinaryData(bytes, fileName, mimeType),
		async organisationOf(item) {
			const { value } = locatorValue(parameter('organisation', item, ''));
			return value === '' ? await only() : success(value);
		},
		inputItems: (item) => [item],
	};
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return async () => await (made ??= make());
}
