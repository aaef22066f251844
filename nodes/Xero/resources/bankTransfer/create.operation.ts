import { refuseInput, success } from '../../errors/failure';
import { bankAccountField } from '../../fields/bankAccountField';
import { trackingPicker } from '../../fields/codePickers';
import { dayField, otherFieldsField, textDocumentField } from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { parseTracking } from '../../fields/tracking';
import { asDecimal, asFlag, required } from '../../fields/writers';
import { bankTransferKind } from '../../kinds/bankTransferKind';
import { createOperation } from '../../operations/createOperation';

const amountField: Field = {
	property: {
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		description: 'How much is moved',
		required: true,
		placeholder: 'e.g. 250.00',
	},
	write: required(asDecimal('Amount')),
};

function reconciledField(displayName: string, name: string, xero: string, side: string): Field {
	return {
		property: {
			displayName,
			name,
			type: 'boolean',
			default: false,
			description: `Whether the ${side} side is already matched with a bank statement`,
		},
		write: asFlag(xero),
	};
}

function trackingField(displayName: string, name: string, xero: string): Field {
	return {
		property: trackingPicker({
			displayName,
			name,
			description: 'Category and option',
		}),
		write(value, label) {
			const entry = parseTracking(value, label);
			if (!entry.ok) return entry;
			if (entry.value === undefined) return success({});
			// Unlike the lines of documents, transfers know tracking by its ids only.
			return entry.value['TrackingOptionID'] === undefined
				? refuseInput(`${label} is no pair of ids`, 'Choose it from the list.')
				: success({ [xero]: [entry.value] });
		},
	};
}

export const { description, request, execute } = createOperation(bankTransferKind, {
	own: [
		bankAccountField(
			{
				displayName: 'From Bank Account',
				name: 'fromBankAccount',
				description: 'The account that the money leaves',
			},
			'FromBankAccount',
		),
		bankAccountField(
			{
				displayName: 'To Bank Account',
				name: 'toBankAccount',
				description: 'The account that the money reaches',
			},
			'ToBankAccount',
		),
		amountField,
	],
	more: [
		dayField('Date', 'date', 'Date', 'Day of the transfer, as written; today if left empty'),
		reconciledField('From Is Reconciled', 'fromIsReconciled', 'FromIsReconciled', 'outgoing'),
		trackingField('From Tracking', 'fromTracking', 'FromTracking'),
		otherFieldsField,
		textDocumentField('Reference', 'reference', 'Reference', 'Additional reference'),
		reconciledField('To Is Reconciled', 'toIsReconciled', 'ToIsReconciled', 'incoming'),
		trackingField('To Tracking', 'toTracking', 'ToTracking'),
	],
});
