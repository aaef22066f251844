import { isObject } from '../../protocol/xero';
import { isEmptyValue, sameValue } from '../links/sameValue';

/**
 * Whether Xero holds what the other system says of a member already. Only what that names counts: of each line its
 * own members, since Xero fills in the rest.
 */
export function agrees(member: string, external: unknown, xero: unknown): boolean {
	if (member === 'Status' && isApproved(external) && isApproved(xero)) return true;
	if (Array.isArray(external) && Array.isArray(xero)) return listAgrees(member, external, xero);
	if (isObject(external) && isObject(xero) && !isPhone(external)) {
		return Object.entries(external)
			.filter(([name]) => name !== 'LineItemID')
			.every(([name, part]) => agrees(name, part, xero[name]));
	}
	return sameValue(member, external, xero);
}

/** Xero sets PAID by itself once nothing is left of an approved document, and takes it back. */
function isApproved(status: unknown): boolean {
	return /^(AUTHORISED|PAID)$/i.test(String(status).trim());
}

/** Each has a counterpart of its own. Who names most chooses first, or it might find its own taken. */
function listAgrees(
	member: string,
	external: readonly unknown[],
	xero: readonly unknown[],
): boolean {
	const wanted = external
		.filter((element) => !isEmptyValue(member, element))
		.sort((one, other) => membersOf(other) - membersOf(one));
	const left = xero.filter((element) => !isEmptyValue(member, element));
	if (wanted.length !== left.length) return false;
	return wanted.every((element) => {
		const found = left.findIndex((candidate) => agrees(member, element, candidate));
		if (found >= 0) left.splice(found, 1);
		return found >= 0;
	});
}

/** The parts of a number are one number, whichever of them is named. */
function isPhone(value: Readonly<Record<string, unknown>>): boolean {
	return Object.hasOwn(value, 'PhoneNumber');
}

function membersOf(element: unknown): number {
	return isObject(element) ? Object.keys(element).length : 0;
}
