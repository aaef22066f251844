import { escapeHtml, page } from '../http/page';
import { html, redirect } from '../http/Reply';
import type { Limits } from '../limits/Limits';
import { formOf, type PageRoute, type PagesDeps } from './createPages';

const FIELDS: readonly (readonly [name: keyof Limits, says: string])[] = [
	['concurrent', 'Calls at the same time, of an app in an organisation'],
	['minute', 'Calls in a minute, of an app in an organisation'],
	['day', "Calls in a day; empty for what the app's tier allows"],
	['appMinute', 'Calls in a minute, of an app in all organisations'],
	['windowMs', 'How long a minute is, in milliseconds'],
];

/** `/limits`: how many calls are taken. */
export function limitPages({ context, control }: PagesDeps): readonly PageRoute[] {
	return [
		{ method: 'GET', path: '/limits', show: () => html(200, form(context.limits())) },
		{
			method: 'POST',
			path: '/limits',
			async show(request) {
				const typed = FIELDS.flatMap(([name]) => {
					const text = formOf(request).get(name)?.trim() ?? '';
					return text === '' ? [] : [[name, Number(text)] as const];
				});
				const body = Buffer.from(JSON.stringify(Object.fromEntries(typed)));
				const path = '/_sandbox/limits';
				const reply = await control({ ...request, method: 'PUT', path, body });
				if (reply.status === 200) return redirect('/limits');
				const { error } = JSON.parse((reply.body ?? '{}').toString()) as { error?: string };
				return html(422, form(context.limits(), error ?? 'These are not limits.'));
			},
		},
	];
}

function form(limits: Limits, error?: string): string {
	const fields = FIELDS.map(
		([name, says]) =>
			`<label for="${name}">${escapeHtml(says)}</label><input id="${name}" name="${name}" inputmode="numeric" value="${limits[name] ?? ''}">`,
	);
	return page(
		'Limits',
		`<p class="muted">Calls above them are answered with 429. What was counted so far is forgotten when you save.</p>${error === undefined ? '' : `<p class="error">${escapeHtml(error)}</p>`}
		<form method="post" action="/limits">${fields.join('')}<div class="buttons"><button class="primary">Save</button></div></form>
		<form method="post" action="/limits"><button>Put Xero's back</button></form>`,
		'wide',
	);
}
