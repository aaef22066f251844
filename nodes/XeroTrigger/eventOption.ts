import type { INodePropertyOptions } from 'n8n-workflow';

import { eventAction } from './eventAction';

/** A type to pick: `On Invoice Paid` in the list of the field, `On invoice paid` in n8n's list of triggers. */
export function eventOption(type: string, description?: string): INodePropertyOptions {
	const action = eventAction(type);
	const name = action.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
	return { name, value: type, action, ...(description !== undefined && { description }) };
}
