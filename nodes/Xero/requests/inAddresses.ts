import { LONGEST_XERO_ADDRESS, xeroAddressLength } from '../../../hub-server/protocol/xero';
import type { XeroRequest } from '../messages/XeroRequest';

/** Where a request goes. */
export type Address = Pick<XeroRequest, 'path' | 'query'>;

/**
 * Splits values into consecutive requests whose whole addresses Xero takes, whatever else stands in them.
 * A value that fits no address has a request of its own, so that it alone is refused.
 *
 * @param most in one request
 * @param addressOf the address of the request for some values
 */
export function inAddresses<T>(
	values: readonly T[],
	most: number,
	addressOf: (some: readonly T[]) => Address,
): T[][] {
	const requests: T[][] = [];
	let current: T[] = [];
	for (const value of values) {
		const more = [...current, value];
		if (current.length > 0 && (more.length > most || !fitsAddress(addressOf(more)))) {
			requests.push(current);
			current = [value];
		} else {
			current = more;
		}
	}
	return current.length === 0 ? requests : [...requests, current];
}

export function fitsAddress({ path, query }: Address): boolean {
	return xeroAddressLength(path, query) <= LONGEST_XERO_ADDRESS;
}
