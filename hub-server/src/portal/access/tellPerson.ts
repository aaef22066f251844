import { randomUUID } from 'node:crypto';
import { loadMailer } from '../../notices/loadMailer';

/** Mails one person something about their account. Never rejects. */
export type TellPerson = (
	to: string,
	mail: { readonly subject: string; readonly text: string },
) => Promise<void>;

/** A connection for each mail: there are a few a year. */
export function createTellPerson(
	smtp: { readonly url: string; readonly from: string },
	onFault: (cause: unknown) => void,
): TellPerson {
	const host = smtp.from.split('@').at(-1) ?? 'xero-hub';
	return async function tellPerson(to, { subject, text }) {
		const mailer = loadMailer(smtp);
		try {
			await mailer.send({ to: [to], subject, text, messageId: `<${randomUUID()}@${host}>` });
		} catch (cause) {
			onFault(cause);
		} finally {
			mailer.close();
		}
	};
}
