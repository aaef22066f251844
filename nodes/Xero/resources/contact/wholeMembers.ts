import type { Members } from '../../fields/Field';

/** Parts of a contact that Xero replaces as a whole, and what each of them holds. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
	BatchPayments: ['BankAccountNumber', 'BankAccountName', 'Details', 'Code', 'Reference'],
	PaymentTerms: ['Bills', 'Sales'],
};

/** Whether a change gives some members of such a part, so that the others would get lost. */
export function leavesGaps(change: Members): boolean {
	return Object.entries(PARTS).some(([part, names]) => {
		const given = change[part];
		return isObject(given) && names.some((name) => given[name] === undefined);
	});
}

/** The change with those other members as the contact has them now. */
export function withoutGaps(change: Members, contact: Members): Members {
	const filled = Object.entries(PARTS).map(([part, names]) => {
		const given = change[part];
		const present = contact[part];
		if (!isObject(given) || !isObject(present)) return [part, given] as const;
		const kept = names.filter((name) => present[name] !== undefined);
		return [part, { ...Object.fromEntries(kept.map((name) => [name, present[name]])), ...given }];
	});
	return {
		...change,
		...Object.fromEntries(filled.filter(([, members]) => members !== undefined)),
	};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
