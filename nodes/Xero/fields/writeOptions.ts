import type { INodeProperties } from 'n8n-workflow';

import type { OperationRun } from '../run/OperationRun';
import { mappingSystemOption, mapValuesOption } from './mappingOptions';
import { simplifyField } from './readOptions';

export interface WriteOptions {
	/** The user's own idempotency key of an item. */
	readonly ownKey?: string;
	readonly simplify: boolean;
	/** Also what a run that stopped has saved. */
	readonly sendsAgain: boolean;
}

const idempotencyKey: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-4711',
	description:
		'A key of your own for each item, up to 128 characters. Xero does not repeat a write with the same key and content within six minutes. Items with a key of their own travel one in a request.',
};

const sendAgain: INodeProperties = {
	displayName: 'Send Again Even If Saved',
	name: 'sendAgainEvenIfSaved',
	type: 'boolean',
	default: false,
	description:
		'Whether to send also what a run that stopped has saved already. After a run that stopped, a retry of it and a run from the editor leave such items out, for 60 minutes or until a run completes.',
};

/** Options of a deletion, which needs no key. */
export const sendAgainField = optionsField([sendAgain]);

/** Options of a write whose answer is short anyway. */
export const keyOptionsField = keyOptionsWith([]);

/** Options of every operation that writes a record. */
export const writeOptionsField = optionsField([
	idempotencyKey,
	sendAgain,
	{ ...simplifyField, default: false },
]);

/** Of an operation that writes what other systems have codes of their own for. */
export const mappedWriteOptionsField = optionsField([
	idempotencyKey,
	mapValuesOption,
	sendAgain,
	{ ...simplifyField, default: false },
	mappingSystemOption,
]);

/** The same, with options of the operation's own. */
export function keyOptionsWith(others: readonly INodeProperties[]): INodeProperties {
	return optionsField(
		[idempotencyKey, sendAgain, ...others].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	);
}

function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'writeOptions',
		type: 'collection',
		default: {},
		placeholder: 'Add Option',
		options,
	};
}

export function readWriteOptions(run: OperationRun, item: number): WriteOptions {
	const { idempotencyKey, simplify, sendAgainEvenIfSaved } = run.parameter(
		'writeOptions',
		item,
		{},
	) as {
		idempotencyKey?: unknown;
		simplify?: unknown;
		sendAgainEvenIfSaved?: unknown;
	};
	const ownKey = String(idempotencyKey ?? '').trim();
	return {
		...(ownKey === '' ? {} : { ownKey }),
		simplify: simplify === true,
		sendsAgain: sendAgainEvenIfSaved === true,
	};
}
