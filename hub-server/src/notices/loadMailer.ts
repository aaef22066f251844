/** Sends plain text through the operator's mail server. */
export interface Mailer {
	/** @throws Error when the server refused, or was silent for half a minute */
	send(mail: {
		readonly to: readonly string[];
		readonly subject: string;
		readonly text: string;
		/** Says to a receiver that it has a mail already. */
		readonly messageId: string;
	}): Promise<void>;
	close(): void;
}

/** What is used of nodemailer. */
interface Nodemailer {
	createTransport(
		options: Readonly<Record<string, unknown>>,
		defaults: Readonly<Record<string, unknown>>,
	): {
		sendMail(mail: Readonly<Record<string, unknown>>): Promise<unknown>;
		close(): void;
	};
}

const SILENCE_MS = 30_000;

/**
 * The one place where nodemailer is loaded: a hub without `HUB_SMTP_URL` never comes here. With
 * `require`, for this is CommonJS, whose `import()` would look for an ES module.
 */
export function loadMailer({ url, from }: { readonly url: string; readonly from: string }): Mailer {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when it is asked for
	const { createTransport } = require('nodemailer') as Nodemailer;
	const transport = createTransport(
		{
			url,
			connectionTimeout: SILENCE_MS,
			greetingTimeout: SILENCE_MS,
			socketTimeout: SILENCE_MS,
			// A mail's text comes from alerts: no file and no address in it is ever read.
			disableFileAccess: true,
			disableUrlAccess: true,
		},
		{ from },
	);
	return {
		async send({ to, subject, text, messageId }) {
			await transport.sendMail({ to: [...to], subject, text, messageId });
		},
		close: () => transport.close(),
	};
}
