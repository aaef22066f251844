import type { Dispatcher } from 'undici';
import type { Clock } from '../clock';
import { sendDelivery } from '../relay/sendDelivery';
import type { AlertTarget } from './AlertChannel';
import type { Mailer } from './loadMailer';
import type { Notice } from './Notice';
import type { NoticeText } from './noticeText';

export interface SendNoticeDeps {
	/** Undefined where no mail server is set. */
	readonly mailer: Mailer | undefined;
	readonly now: Clock;
}

/** A channel that answers later is tried again later; twenty seconds would hold up others. */
const TIMEOUT_MS = 10_000;

/**
 * Tells one channel one thing.
 *
 * @param dispatcherFor the connections over which a URL may be requested; throws where it may not
 * @returns why it was not taken; undefined where it was
 */
export async function sendNotice(
	notice: Pick<Notice, 'id' | 'what'>,
	text: NoticeText,
	target: AlertTarget,
	dispatcherFor: (url: string) => Promise<Dispatcher>,
	{ mailer, now }: SendNoticeDeps,
): Promise<string | undefined> {
	// Of the two things that a notice tells, each has an id of its own.
	const id = `${notice.id}.${notice.what}`;
	if (target.kind === 'email') {
		if (mailer === undefined) return 'This hub sends no e-mail: HUB_SMTP_URL is not set.';
		try {
			const messageId = `<${id}@xero-hub>`;
			await mailer.send({ to: target.to, subject: text.title, text: text.text, messageId });
			return undefined;
		} catch (cause) {
			return `The mail server did not take it: ${(cause as Error).message}`;
		}
	}
	const isSlack = target.kind === 'slack';
	const { statusCode, error } = await sendDelivery(
		{
			id,
			url: target.url,
			body: isSlack ? JSON.stringify({ text: text.text }) : text.json,
			secrets: isSlack || target.secret === undefined ? [] : [target.secret],
		},
		{ dispatcherFor, now, timeoutMs: TIMEOUT_MS },
	);
	if (statusCode === undefined) return error ?? 'There was no answer.';
	return statusCode >= 200 && statusCode < 300 ? undefined : `It answered ${statusCode}.`;
}
