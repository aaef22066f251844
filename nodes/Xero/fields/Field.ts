import type { INodeProperties } from 'n8n-workflow';

import type { Outcome } from '../errors/failure';

/** Members to put into a record of Xero's; empty where the user left the field blank. */
export type Members = Readonly<Record<string, unknown>>;

/** Reads what the editor holds and says what that means in Xero's record. */
export type Writer = (value: unknown, label: string) => Outcome<Members>;

/** One field of the editor and its place in Xero's record. */
export interface Field {
	readonly property: INodeProperties;
	readonly write: Writer;
}
