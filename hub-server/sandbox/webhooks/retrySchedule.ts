/**
 * When a refused payload goes out again, in first delays of the schedule (Xero's are 15 minutes): at
 * once, then every 15 minutes, then with falling frequency up to every four hours.
 *
 * @param failures how often it was refused so far
 */
export function delayFactor(failures: number): number {
	if (failures === 1) return 0;
	return Math.min(2 ** Math.max(0, failures - 4), 16);
}

/** First delays after which the webhook is disabled: 24 hours are 96 quarters of an hour. */
export const GIVE_UP_FACTOR = 96;
