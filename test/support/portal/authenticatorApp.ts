import { Secret, TOTP } from 'otpauth';
import type { FormBrowser, FormPage } from './formBrowser';

/** What a person has on the telephone. */
export interface AuthenticatorApp {
	/** @param at epoch milliseconds */
	codeAt(at: number): string;
}

export const SECOND_FACTOR = '/account/second-factor';

/** Sets up an app in the browser of somebody who is signed in, as they would. */
export async function setUpApp(
	browser: FormBrowser,
	at: number,
): Promise<{ app: AuthenticatorApp; codes: string[]; landed: FormPage }> {
	const begun = await browser.submit(await browser.get(SECOND_FACTOR), `${SECOND_FACTOR}/totp`);
	const key = /Key<\/dt><dd[^>]*>([A-Z2-7 ]+)</.exec(begun.html)?.[1];
	if (key === undefined) throw new Error(`No key is shown: ${begun.text}`);
	const totp = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) });
	const app = { codeAt: (time: number) => totp.generate({ timestamp: time }) };
	const code = app.codeAt(at);
	const landed = await browser.submit(begun, `${SECOND_FACTOR}/totp/prove`, { code });
	const codes = [...landed.html.matchAll(/<li class="mono">([A-Z2-7-]+)</g)].map(([, one]) =>
		String(one),
	);
	return { app, codes, landed };
}
