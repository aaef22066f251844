import type { IDataObject } from 'n8n-workflow';

import { success } from '../errors/failure';
import { pickedId, type Locator } from '../fields/Locator';
import { callEach } from '../requests/callEach';
import { singleCall } from '../requests/RequestFacts';
import { done } from '../run/ItemOutcome';
import type { OperationModule } from './OperationModule';

/** One kind of record of Xero's newer APIs: bank feeds, files, assets, projects. */
export interface ItemKind {
	/** Of the list, below Xero's host. */
	readonly path: string;
	/** Named to the user when the connection lacks it. */
	readonly scope: string;
	/** Picks one. */
	readonly locator: Locator;
	/** What the field that picks one says. */
	readonly description: string;
}

/** *Get* of a newer API, which answers with the record itself. */
export function getItemOperation({ path, scope, locator, description }: ItemKind): OperationModule {
	return {
		description: [locator.field(description)],
		request: singleCall('GET', `${path}/{ID}`, scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'read',
				scope,
				build(item) {
					const id = pickedId(run, locator, item);
					return id.ok ? success({ method: 'GET', path: `${path}/${id.value}` }) : id;
				},
				read: ({ body }) => done(body as IDataObject),
			}),
	};
}
