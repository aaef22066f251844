import { withCodes, type XeroRecord } from '../../protocol/xero';
import type { MappedValue, WantedValue } from '../mapping/Mapping';
import type { PushedEntity } from './pushedEntities';
import type { PushRecord } from './Push';

/** Puts Xero's value in the place of a code of the other system's. */
export type ResolveCode = (wanted: WantedValue) => MappedValue | undefined;

/**
 * The record with Xero's codes in the place of the other system's: AccountCode, TaxType, ItemCode, Tracking, and the
 * account of a payment or of the bank. What `resolve` knows nothing of stays.
 */
export function resolveCodes(
	{ name, direction }: PushedEntity,
	{ externalId, fields }: Pick<PushRecord, 'externalId' | 'fields'>,
	resolve: ResolveCode,
): XeroRecord {
	const whole = `${name.replace('_', ' ')} ${externalId}`;
	const kind = {
		direction: direction ?? undefined,
		isPayment: name === 'payment',
		isTaxRate: name === 'tax_rate',
	};
	return withCodes(fields, kind, ({ place, ...code }) =>
		resolve({ ...code, where: place === '' ? whole : `${whole}, ${place}` }),
	);
}

/** All codes of a record. */
export function codesIn(
	entity: PushedEntity,
	record: Pick<PushRecord, 'externalId' | 'fields'>,
): readonly WantedValue[] {
	const found: WantedValue[] = [];
	resolveCodes(entity, record, (wanted) => {
		found.push(wanted);
		return undefined;
	});
	return found;
}
