import { escapeHtml, page } from '../http/page';
import { html, redirect } from '../http/Reply';
import { button, type PageRoute, type PagesDeps } from './createPages';

const SHOWN = 100;

/** `/webhooks`: what was sent, what was answered, and again. */
export function webhookPages({ sender }: PagesDeps): readonly PageRoute[] {
	return [
		{ method: 'GET', path: '/webhooks', show: () => html(200, list(sender.log())) },
		{
			method: 'POST',
			path: '/webhooks/:number/resend',
			async show(_request, { number }) {
				const sent = sender.log()[Number(number)];
				if (sent === undefined) return redirect('/webhooks');
				await sender.sendNow(sent.clientId, sent.events, 'correct');
				return redirect('/webhooks');
			},
		},
	];
}

function list(log: ReturnType<PagesDeps['sender']['log']>): string {
	const rows = log
		.map((sent, number) => ({ ...sent, number }))
		.slice(-SHOWN)
		.reverse()
		.map(
			({ number, at, status, ms, problem, deliveryUrl, events, body, signature, attempt }) =>
				`<tr><td>${at.slice(11, 19)}</td><td class="${status === 200 ? 'good' : 'error'}">${status ?? 'no answer'}</td><td class="number">${attempt}</td><td class="number">${Math.round(ms)} ms</td><td>${problem === null ? '' : `<span class="error">${escapeHtml(problem)}</span><br>`}<details><summary>${events.length === 0 ? 'Intent to receive' : `${events.length} ${events.length === 1 ? 'event' : 'events'}: ${escapeHtml([...new Set(events.map((event) => `${event.eventCategory} ${event.eventType}`))].join(', '))}`}</summary><pre>${escapeHtml(JSON.stringify(events, undefined, 2))}</pre><p>Body, as it was sent:</p><pre>${escapeHtml(body ?? '')}</pre><p><code>x-xero-signature: ${escapeHtml(signature)}</code></p><p class="muted">${escapeHtml(deliveryUrl)}</p></details></td><td class="acts">${events.length > 0 ? button(`/webhooks/${number}/resend`, 'Send again', `the webhook of ${at}`) : ''}</td></tr>`,
		);
	return page(
		'Webhooks that were sent',
		`<p class="muted">Newest first. Each body is signed with the app's webhook key. What is not answered with 200 is sent again by itself, ever more rarely, for a day. <a href="/webhooks">Refresh</a></p>
		${rows.length === 0 ? '<p>None yet. Enter a delivery address at an app, then change a contact or an invoice.</p>' : `<div class="scroll"><table><tr><th>At (UTC)</th><th>Answer</th><th class="number">Attempt</th><th class="number">Took</th><th>What</th><th>Do</th></tr>${rows.join('')}</table></div>`}`,
		'wide',
	);
}
