/** A page as a browser without script gets it. */
export interface FormPage {
	readonly status: number;
	/** The path and the query where the browser ended. */
	readonly at: string;
	readonly html: string;
	readonly headers: Headers;
	/** The text without its tags. */
	readonly text: string;
}

/** Follows links and sends forms as a browser does: cookies, redirects, and each form's hidden fields. */
export interface FormBrowser {
	get(path: string): Promise<FormPage>;
	/** Sends the form of `page` whose action it is, as that page made it, with these fields filled in. */
	submit(page: FormPage, action: string, fields?: FormFields): Promise<FormPage>;
	/** Without a form. */
	post(path: string, fields: FormFields, headers?: Record<string, string>): Promise<FormPage>;
	readonly cookies: ReadonlyMap<string, string>;
	/** Every `Set-Cookie` that it was sent. */
	readonly setCookies: readonly string[];
}

export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/**
 * @param url the portal's, without a trailing slash
 * @param cookies those that it begins with, and keeps
 */
export function formBrowser(url: string, cookies = new Map<string, string>()): FormBrowser {
	const setCookies: string[] = [];

	async function send(address: string, init: RequestInit = {}): Promise<FormPage> {
		const headers = new Headers(init.headers);
		const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const isOwn = address.startsWith(url);
		if (jar !== '' && isOwn) headers.set('cookie', jar);
		const response = await fetch(address, { ...init, headers, redirect: 'manual' });
		if (isOwn) keep(response);
		const location = response.headers.get('location');
		if (location !== null && response.status < 400) {
			await response.arrayBuffer();
			return send(new URL(location, address).href);
		}
		const html = await response.text();
		const { pathname, search } = new URL(address);
		return {
			status: response.status,
			at: pathname + search,
			html,
			headers: response.headers,
			text: textOf(html),
		};
	}

	function keep(response: Response): void {
		for (const line of response.headers.getSetCookie()) {
			setCookies.push(line);
			const [pair = ''] = line.split(';');
			const [name = '', value = ''] = pair.split('=');
			if (value === '') cookies.delete(name);
			else cookies.set(name, value);
		}
	}

	const post = (path: string, fields: FormFields, headers: Record<string, string> = {}) => {
		const body = new URLSearchParams();
		for (const [name, value] of Object.entries(fields)) {
			for (const one of [value].flat()) body.append(name, one);
		}
		return send(new URL(path, url).href, { method: 'POST', headers, body });
	};

	return {
		cookies,
		setCookies,
		get: (path) => send(new URL(path, url).href),
		post,
		submit(page, action, fields = {}) {
			const form = formOf(page, action);
			const values: Record<string, string | readonly string[]> = {};
			for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
				const name = attribute(tag, 'name');
				const type = attribute(tag, 'type');
				const isChoice = type === 'radio' || type === 'checkbox';
				if (name !== undefined && (!isChoice || tag.includes(' checked'))) {
					values[name] = attribute(tag, 'value') ?? '';
				}
			}
			for (const [select] of form.matchAll(/<select[\s\S]*?<\/select>/g)) {
				const options = [...select.matchAll(/<option[^>]*>/g)].map(([tag]) => tag);
				const chosen = options.find((tag) => tag.includes(' selected')) ?? options[0] ?? '';
				values[attribute(select, 'name') ?? ''] = attribute(chosen, 'value') ?? '';
			}
			for (const [, tag = '', text = ''] of form.matchAll(/(<textarea[^>]*>)([^<]*)/g)) {
				values[attribute(tag, 'name') ?? ''] = unescapeHtml(text);
			}
			return post(action, { ...values, ...fields });
		},
	};
}

function formOf({ html, at }: FormPage, action: string): string {
	for (const [form] of html.matchAll(/<form[\s\S]*?<\/form>/g)) {
		const [tag = ''] = form.split('>');
		const target = attribute(`${tag}>`, 'action') ?? at;
		if (target === action && tag.includes('method="post"')) return form;
	}
	throw new Error(`The page at ${at} has no form for ${action}`);
}

function attribute(tag: string, name: string): string | undefined {
	const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
	return value === undefined ? undefined : unescapeHtml(value);
}

function textOf(html: string): string {
	const body = html.replace(/^[\s\S]*<body>/, '');
	return unescapeHtml(body.replace(/<[^>]*>/g, ' '))
		.replace(/\s+/g, ' ')
		.trim();
}

function unescapeHtml(text: string): string {
	return text
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&');
}
