import type { INodeProperties } from 'n8n-workflow';

import type { Field } from '../fields/Field';
import { asDecimal, asText } from '../fields/writers';

/** One column of a line. */
export interface LineField extends Field {
	/** Xero's name of what it writes, by which lines that come as data have it too. */
	readonly member: string;
	/** Whether it is a number, such as a price. */
	readonly isAmount?: boolean;
	/** What the example of a line has there. */
	readonly example?: string;
}

export function textColumn(member: string, property: INodeProperties, example?: string): LineField {
	return { member, property, write: asText(member), example };
}

/** Amounts are text in the editor, so that every digit reaches Xero as it was written. */
export function amountColumn(
	member: string,
	property: Omit<INodeProperties, 'type'>,
	example?: string,
): LineField {
	return {
		member,
		property: { ...property, type: 'string' },
		write: asDecimal(member),
		example,
		isAmount: true,
	};
}
