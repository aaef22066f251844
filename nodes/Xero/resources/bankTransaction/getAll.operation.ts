import { success } from '../../errors/failure';
import { otherBankAccountField } from '../../fields/bankAccountField';
import type { FilterField } from '../../filters/Filter';
import {
	amountRangeFilters,
	choiceFilter,
	commonFilters,
	contactFilter,
	dayRangeFilters,
	flagFilter,
	textFilter,
	whereFilter,
} from '../../filters/filters';
import { bankTransactionKind } from '../../kinds/bankTransactionKind';
import { listOperation } from '../../operations/listOperation';
import { locatorValue } from '../../values/locatorValue';
import { equalTo } from '../../values/whereClause';
import { parseXeroId } from '../../values/xeroId';
import { bankAccountNames, bankTransactionTypeField } from './bankTransactionFields';

const bankAccountFilter: FilterField = {
	property: {
		...otherBankAccountField(bankAccountNames, 'BankAccount').property,
		description: 'Only transactions of this account',
	},
	apply(value) {
		const { value: picked } = locatorValue(value);
		const id = parseXeroId(picked, bankAccountNames.displayName);
		return success({
			condition: id.ok
				? `BankAccount.AccountID==Guid("${id.value}")`
				: equalTo('BankAccount.Code', picked),
		});
	},
};

const { options: types = [] } = bankTransactionTypeField.property;

export const { description, request, execute } = listOperation(bankTransactionKind, {
	filters: [
		bankAccountFilter,
		contactFilter,
		...dayRangeFilters('Date', 'date', 'Date'),
		flagFilter('Is Reconciled', 'isReconciled', 'IsReconciled', 'the transaction is reconciled'),
		textFilter('Reference', 'reference', 'Reference'),
		choiceFilter('Status', 'status', 'Status', [
			{ name: 'Authorised', value: 'AUTHORISED' },
			{ name: 'Deleted', value: 'DELETED' },
			{ name: 'Voided', value: 'VOIDED' },
		]),
		...amountRangeFilters('Total', 'total', 'Total'),
		choiceFilter('Type', 'type', 'Type', [
			...types,
			{ name: 'Transfer In', value: 'RECEIVE-TRANSFER' },
			{ name: 'Transfer Out', value: 'SPEND-TRANSFER' },
		] as { name: string; value: string }[]),
		commonFilters.updatedSince,
		whereFilter('Total>1000 AND Reference!=null'),
	],
	sortFields: [
		{ name: 'Bank Transaction ID', value: 'BankTransactionID' },
		{ name: 'Date', value: 'Date' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
