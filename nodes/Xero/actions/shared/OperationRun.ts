import { randomUUID } from 'node:crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../../errors/failure';
import type { ChangeCursor } from '../../records/changeCursor';
import { locatorValue } from '../../records/locatorValue';
import { createTransport } from '../../transport/createTransport';
import type { Organisation, XeroTransport } from '../../transport/XeroTransport';

/** Binary data of an input item. */
export interface ItemFile {
	readonly bytes: Buffer;
	readonly fileName?: string;
	readonly mimeType: string;
}

export interface CursorMemory {
	read(key: string): ChangeCursor | undefined;
	/** n8n keeps it when a published workflow has run; a run from the editor is forgotten. */
	write(key: string, cursor: ChangeCursor): void;
}

/** One run of the node over all its input items, as operations see it. */
export interface OperationRun {
	readonly itemCount: number;
	/** Without "Continue On Fail", nothing more is sent after the first failure. */
	readonly stopsAtFirstFailure: boolean;
	readonly transport: XeroTransport;
	/** Same for every try of this run: execution, node and run number. */
	readonly idempotencySeed: string;
	/** The workflow's, such as `Pacific/Auckland`. */
	readonly timeZone: string;
	/** Unix milliseconds. */
	nowMs(): number;
	/** A parameter of one item, its expression resolved. Throws where the expression does. */
	parameter(name: string, item: number, fallback?: unknown): unknown;
	/** Where incremental reads of this node ended, kept with the workflow by n8n. */
	memory(): CursorMemory;
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
	const onlyOrganisation = once(async () => pickOnly(await transport.organisations()));
	const parameter: OperationRun['parameter'] = (name, item, fallback) =>
		context.getNodeParameter(name, item, fallback);

	return {
		itemCount: context.getInputData().length,
		stopsAtFirstFailure: !context.continueOnFail(),
		transport,
		idempotencySeed: [
			context.getExecutionId() ?? randomUUID(),
			context.getNode().id,
			context.getWorkflowDataProxy(0).$runIndex,
		].join(':'),
		timeZone: context.getTimezone(),
		nowMs: Date.now,
		parameter,
		memory: () => memoryOf(context),
		async readFile(item, property) {
			const { fileName, mimeType } = context.helpers.assertBinaryData(item, property);
			const bytes = await context.helpers.getBinaryDataBuffer(item, property);
			return { bytes, fileName, mimeType };
		},
		writeFile: async (bytes, fileName, mimeType) =>
			await context.helpers.prepareBinaryData(bytes, fileName, mimeType),
		async organisationOf(item) {
			const { value } = locatorValue(parameter('organisation', item, ''));
			return value === '' ? await onlyOrganisation() : success(value);
		},
		inputItems: (item) => [item],
	};
}

function memoryOf(context: IExecuteFunctions): CursorMemory {
	const data = context.getWorkflowStaticData('node');
	const cursors = () => (data.cursors ?? {}) as Record<string, ChangeCursor>;
	return {
		read: (key) => cursors()[key],
		write(key, { until, seen }) {
			data.cursors = { ...cursors(), [key]: { until, seen: [...seen] } };
		},
	};
}

/** Nobody has to choose where there is no choice; where there is one, the names help to make it. */
function pickOnly(organisations: Outcome<readonly Organisation[]>): Outcome<string> {
	if (!organisations.ok) return organisations;
	const [first, ...others] = organisations.value;
	if (first === undefined) {
		return refuseInput(
			'No organisation of Xero is connected',
			'Connect one: with Xero Hub on its connect page, with OAuth2 in the credential.',
		);
	}
	if (others.length === 0) return success(first.tenantId);
	const names = organisations.value.map(({ name, tenantId }) => `${name} (${tenantId})`);
	return refuseInput(
		`Choose an organisation: this connection reaches ${names.length}`,
		`Set Organisation to one of: ${names.join(', ')}.`,
	);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return async () => await (made ??= make());
}
