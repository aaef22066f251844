import { refuseInput, success } from '../errors/failure';
import { locatorValue } from '../values/locatorValue';
import { parseXeroId } from '../values/xeroId';
import { codePicker } from './codePicker';
import type { PickerNames } from './codePickers';
import type { Field, Writer } from './Field';

/** Picks a bank account, which may have no code. */
function bankAccountPicker(names: PickerNames) {
	return codePicker({
		...names,
		searchListMethod: 'searchBankAccounts',
		manual: { displayName: 'By ID or Code', placeholder: 'e.g. 090' },
	});
}

/** @param xero where Xero wants the account, such as `BankAccount` */
export function bankAccountField(names: PickerNames, xero: string): Field {
	return {
		property: { ...bankAccountPicker(names), required: true },
		write: (value, label) =>
			locatorValue(value).value === ''
				? refuseInput(`${label} is not set`, 'Choose a bank account, or give its ID or code.')
				: asAccount(xero)(value, label),
	};
}

/** A bank account to change to. */
export function otherBankAccountField(names: PickerNames, xero: string): Field {
	return { property: bankAccountPicker(names), write: asAccount(xero) };
}

/** By its id, else by its code. */
function asAccount(xero: string): Writer {
	return (value, label) => {
		const { value: picked } = locatorValue(value);
		if (picked === '') return success({});
		const id = parseXeroId(picked, label);
		return success({ [xero]: id.ok ? { AccountID: id.value } : { Code: picked } });
	};
}
