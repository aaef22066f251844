import {
	choiceFilter,
	commonFilters,
	flagFilter,
	textFilter,
	whereFilter,
} from '../../filters/filters';
import { accountKind } from '../../kinds/accountKind';
import { listOperation } from '../../operations/listOperation';
import { accountTypes } from './accountFields';

export const { description, request, execute } = listOperation(accountKind, {
	filters: [
		choiceFilter('Class', 'class', 'Class', [
			{ name: 'Asset', value: 'ASSET' },
			{ name: 'Equity', value: 'EQUITY' },
			{ name: 'Expense', value: 'EXPENSE' },
			{ name: 'Liability', value: 'LIABILITY' },
			{ name: 'Revenue', value: 'REVENUE' },
		]),
		textFilter('Code', 'code', 'Code'),
		flagFilter(
			'Enable Payments',
			'enablePaymentsToAccount',
			'EnablePaymentsToAccount',
			'payments can be made from and to the account',
		),
		textFilter('Name', 'name', 'Name'),
		choiceFilter('Status', 'status', 'Status', [
			{ name: 'Active', value: 'ACTIVE' },
			{ name: 'Archived', value: 'ARCHIVED' },
		]),
		choiceFilter('Type', 'type', 'Type', accountTypes),
		commonFilters.updatedSince,
		whereFilter('TaxType=="OUTPUT2" AND Class=="REVENUE"'),
	],
	sortFields: [
		{ name: 'Account ID', value: 'AccountID' },
		{ name: 'Code', value: 'Code' },
		{ name: 'Name', value: 'Name' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
