import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Ledger } from './ledgerOfSandbox';

/** What the input item of a case holds, so that the node's expressions (`{{ $json.id }}`) find it. */
export type InputItem = IDataObject | ((prepared: IDataObject) => IDataObject);

export interface NotApplicable {
	/** Why this operation cannot come into this situation, in a sentence. */
	readonly notApplicable: string;
}

export interface Refusal {
	readonly item: InputItem;
	/** Part of the message that the user reads. */
	readonly message: string | RegExp;
}

export interface Success {
	readonly item: InputItem;
	/** What the first output item's JSON has at least; matchers of Jest are welcome. */
	readonly output: IDataObject | ((prepared: IDataObject) => IDataObject);
	/** What else must be true afterwards, in Xero or of the items. */
	readonly then?: (after: {
		readonly items: readonly INodeExecutionData[];
		readonly prepared: IDataObject;
		readonly ledger: Ledger;
	}) => Promise<void> | void;
}

/**
 * One operation in the four situations that every operation is tried in. The parameters are the same
 * in all of them; what differs comes from the input item. *Continue On Fail* needs no case of its own:
 * it is a refused and a good item in one run (an unknown organisation, where nothing else is refused).
 */
export interface OperationCases {
	readonly parameters: INodeParameters;
	/** Makes what must be in Xero beforehand, without the node. Runs anew for each situation. */
	readonly prepare?: (ledger: Ledger) => Promise<IDataObject>;
	/** Binary data of the input items, by property. */
	readonly binary?: INodeExecutionData['binary'];
	/** `trigger` for what n8n allows in published workflows only. Default: manual. */
	readonly mode?: 'manual' | 'trigger';
	readonly success: Success;
	/** Xero (or the node, before sending) refuses what the item holds. */
	readonly validationError: Refusal | NotApplicable;
	/** The item names a record that does not exist. */
	readonly notFound: Refusal | NotApplicable;
	/** Only for operations that no item can fail alone. */
	readonly continueOnFail?: NotApplicable;
}

/** By the value of the `operation` parameter. */
export type ResourceCases = Readonly<Record<string, OperationCases>>;

/** An id that no record has. */
export const UNKNOWN_ID = '11111111-2222-4333-8444-555555555555';

/** A resource locator whose value an expression gives. */
export function picked(value: string, mode = 'id'): INodeParameters {
	return { __rl: true, mode, value };
}

export function isRefusal(situation: Refusal | NotApplicable): situation is Refusal {
	return 'message' in situation;
}
