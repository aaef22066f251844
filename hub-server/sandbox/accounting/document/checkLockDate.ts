import type { AccountingCall } from '../AccountingResource';

/** No document on or before the period lock date may be made or changed. */
export function checkLockDate(call: AccountingCall, dateMs: number, messages: string[]): void {
	const lockMs = call.organisation.periodLockDateMs;
	if (lockMs === undefined || dateMs > lockMs) return;
	const day = new Date(lockMs).toLocaleDateString('en-NZ', { timeZone: 'UTC', dateStyle: 'long' });
	messages.push(`The document date cannot be before the period lock date, currently set at ${day}`);
}
