import { accountKind } from '../../kinds/accountKind';
import { createOperation } from '../../operations/createOperation';
import {
	accountCodeField,
	accountFields,
	accountNameField,
	accountTypeField,
	bankFields,
} from './accountFields';

/** A new account goes to Xero as a bare object. */
const newAccount = {
	...accountKind,
	collection: { ...accountKind.collection, writes: 'bare' as const },
};

const more = [...accountFields, ...bankFields].sort((a, b) =>
	a.property.displayName.localeCompare(b.property.displayName),
);

export const { description, request, execute } = createOperation(newAccount, {
	own: [accountNameField, accountCodeField, accountTypeField],
	more,
});
