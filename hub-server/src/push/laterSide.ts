import type { XeroRecord } from '../../protocol/xero';

/**
 * Who changed a record later. Xero's time is of the whole record, and counts in a tie. Undefined where one of the
 * times is not known: nobody can say then.
 *
 * @param modifiedAt the other system's own time of change, epoch milliseconds
 */
export function laterSide(
	modifiedAt: number | null,
	xero: XeroRecord,
): 'xero' | 'external' | undefined {
	const ms = /^\/Date\((-?\d{1,15})/.exec(String(xero['UpdatedDateUTC']))?.[1];
	if (modifiedAt === null || ms === undefined) return undefined;
	return modifiedAt > Number(ms) ? 'external' : 'xero';
}
