import { escapeHtml, page } from '../http/page';
import { html, redirect } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import { formOf, type PageRoute, type PagesDeps } from './createPages';

/** Switches that people look for, and what each sets of the control interface's faults. */
const SWITCHES: readonly (readonly [
	name: string,
	says: string,
	sets: Readonly<Record<string, unknown>>,
])[] = [
	['Slow', 'Every call of the API takes three seconds', { latencyMs: 3_000 }],
	[
		'Lost answer',
		'The next write is carried out, and its answer is lost',
		{ dropAfterCommit: { path: '/', method: 'POST' } },
	],
	['Half an answer', 'The next answer ends in the middle', { cutsAnswer: { path: '/api.xro' } }],
	[
		'Answer without ids',
		'The next write is carried out, and the answer names no ids',
		{ answersWithoutIds: { path: '/api.xro', method: 'POST' } },
	],
	[
		'429',
		'The next three calls are over the limit',
		{ status: { path: '/api.xro', status: 429, times: 3 } },
	],
	[
		'503',
		'The next three calls are answered with 503',
		{ status: { path: '/api.xro', status: 503, times: 3 } },
	],
	[
		'A page of HTML',
		'The next call is answered by a gateway in trouble',
		{ htmlError: { path: '/api.xro' } },
	],
	['Tokens ended', 'Every access token issued so far has ended', { expireTokens: true }],
	['Webhooks twice', 'Every webhook is sent twice', { webhooks: { duplicate: true } }],
	[
		'Webhooks in disorder',
		'The events of a webhook come in reverse',
		{ webhooks: { outOfOrder: true } },
	],
	[
		'Odd records',
		'The next list has members and statuses that nobody knows',
		{ answersOddRecords: { path: '/api.xro' } },
	],
];

/** `/faults`: what can be made to go wrong, switch by switch, or as the control interface has it. */
export function faultPages({ context, control }: PagesDeps): readonly PageRoute[] {
	const put = (request: SandboxRequest, faults: unknown) =>
		control({
			...{ ...request, method: 'PUT', path: '/_sandbox/faults' },
			body: Buffer.from(JSON.stringify(faults)),
		});

	return [
		{ method: 'GET', path: '/faults', show: () => html(200, form(context.faults())) },
		{
			method: 'POST',
			path: '/faults/:number',
			async show(request, { number }) {
				const [, , sets] = SWITCHES[Number(number)] ?? [];
				const current = context.faults() as Readonly<Record<string, unknown>>;
				const next = { ...current };
				const isOn = sets !== undefined && sameAs(current, sets);
				for (const [name, value] of Object.entries(sets ?? {})) {
					// Those of the webhooks stand beside each other.
					if (name !== 'webhooks') next[name] = isOn ? undefined : value;
					else next[name] = { ...(current[name] as object), ...off(value as object, isOn) };
				}
				await put(request, next);
				return redirect('/faults');
			},
		},
		{
			method: 'POST',
			path: '/faults',
			async show(request) {
				const text = formOf(request).get('faults') ?? '{}';
				let wanted: unknown;
				try {
					wanted = JSON.parse(text);
				} catch {
					return html(422, form(context.faults(), text, 'This is not JSON.'));
				}
				const reply = await put(request, wanted);
				if (reply.status === 200) return redirect('/faults');
				const { error } = JSON.parse((reply.body ?? '{}').toString()) as { error?: string };
				return html(422, form(context.faults(), text, error ?? 'These are not faults.'));
			},
		},
	];
}

function off(value: object, isOn: boolean): object {
	return isOn ? Object.fromEntries(Object.keys(value).map((name) => [name, false])) : value;
}

/** Whether the switches are set as wanted; what is set besides does not matter. */
function sameAs(
	current: Readonly<Record<string, unknown>>,
	sets: Readonly<Record<string, unknown>>,
): boolean {
	return Object.entries(sets).every(([name, value]) => {
		const set = current[name];
		if (typeof value !== 'object' || value === null) return set === value;
		if (typeof set !== 'object' || set === null) return false;
		return sameAs(
			set as Readonly<Record<string, unknown>>,
			value as Readonly<Record<string, unknown>>,
		);
	});
}

function form(faults: object, text?: string, error?: string): string {
	const current = faults as Readonly<Record<string, unknown>>;
	const rows = SWITCHES.map(([name, says, sets], number) => {
		const isOn = sameAs(current, sets);
		return `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(says)}</td><td>${isOn ? '<strong class="error">On</strong>' : 'Off'}</td><td class="acts"><form class="inline" method="post" action="/faults/${number}"><button aria-label="Switch ${escapeHtml(name)} ${isOn ? 'off' : 'on'}">${isOn ? 'Off' : 'On'}</button></form></td></tr>`;
	});
	return page(
		'Faults',
		`<p class="muted">What goes wrong on purpose. A switch for the next call stays on until you switch it off; it strikes as often as it says.</p>
		<div class="scroll"><table><tr><th>Fault</th><th>What happens</th><th>Now</th><th>Do</th></tr>${rows.join('')}</table></div>
		<h2>All switches</h2>${error === undefined ? '' : `<p class="error">${escapeHtml(error)}</p>`}
		<form method="post" action="/faults"><label for="faults">As <code>PUT /_sandbox/faults</code> takes them; <code>{}</code> clears them</label><textarea id="faults" name="faults" spellcheck="false">${escapeHtml(text ?? JSON.stringify(faults, undefined, 2))}</textarea><div class="buttons"><button>Set</button></div></form>`,
		'wide',
	);
}
