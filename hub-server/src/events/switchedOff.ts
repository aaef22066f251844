/** Why a delivery was not sent, for people. */
export const SWITCHED_OFF =
	'The organisation is switched off in this workspace. Switch it on, then send the event again.';
