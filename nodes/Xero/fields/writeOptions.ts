import type { INodeProperties } from 'n8n-workflow';

import type { OperationRun } from '../run/OperationRun';
import { simplifyField } from './readOptions';

export interface WriteOptions {
	/** The user's own idempotency key of an item. */
	readonly ownKey?: string;
	readonly simplify: boolean;
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

/** Options of a write whose answer is short anyway. */
export const keyOptionsField = keyOptionsWith([]);

/** Options of every operation that writes a record. */
export const writeOptionsField = optionsField([
	idempotencyKey,
	{ ...simplifyField, default: false },
]);

/** The same, with options of the operation's own. */
export function keyOptionsWith(others: readonly INodeProperties[]): INodeProperties {
	return optionsField(
		[idempotencyKey, ...others].sort((a, b) => a.displayName.localeCompare(b.displayName)),
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
	const { idempotencyKey, simplify } = run.parameter('writeOptions', item, {}) as {
		idempotencyKey?: unknown;
		simplify?: unknown;
	};
	const ownKey = String(idempotencyKey ?? '').trim();
	return { ...(ownKey === '' ? {} : { ownKey }), simplify: simplify === true };
}
