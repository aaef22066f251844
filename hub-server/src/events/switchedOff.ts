/** Why a delivery was not sent, for people. */
export const SWITCHED_OFF =
	'The organisation is switched off in this workspace. Switch it on, then send the event again.';

/** What becomes of a delivery to a workflow that must not reach the organisation. */
export function switchedOff(now: number) {
	return { status: 'filtered' as const, reason: SWITCHED_OFF, finished_at: now };
}
