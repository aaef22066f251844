/**
 * What does not look like the keys that Xero gives: perhaps another text was copied. Xero promises no
 * shape, so this warns and refuses nothing.
 *
 * @returns sentences for people; none when all looks as usual
 */
export function unusualKeys(keys: {
	readonly clientId: string;
	readonly clientSecret: string;
	/** Xero has accepted id and secret: they are right, whatever they look like. */
	readonly isVerified: boolean;
	readonly webhookKeys: readonly string[];
}): string[] {
	const warnings: string[] = [];
	if (!keys.isVerified && !/^[0-9a-f]{32}$/i.test(keys.clientId)) {
		warnings.push(
			"The client id does not look like Xero's, which have 32 characters: digits, and letters from A to F.",
		);
	}
	if (!keys.isVerified && keys.clientSecret.length < 32) {
		warnings.push(
			"The client secret is shorter than Xero's: was the whole of it copied from the app's configuration page?",
		);
	}
	if (!keys.webhookKeys.every(isLongBase64)) {
		warnings.push(
			"The webhook key does not look like Xero's, which end in “==”: was it copied from the app's webhooks page?",
		);
	}
	return warnings;
}

/** Xero's hold 64 bytes. */
function isLongBase64(text: string): boolean {
	return text.length >= 40 && /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;
}
