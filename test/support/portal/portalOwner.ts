import { formBrowser, type FormBrowser } from './formBrowser';
import { OWNER } from './portalPerson';
import type { StartedPortal } from './startPortal';

/** A browser in which the first owner has just made their account. */
export async function portalOwner(
	portal: Pick<StartedPortal, 'url' | 'setUpLink'>,
): Promise<FormBrowser> {
	const browser = formBrowser(portal.url);
	const { pathname } = new URL(portal.setUpLink);
	const page = await browser.get(pathname);
	const landed = await browser.submit(page, pathname, OWNER);
	if (landed.at !== '/') throw new Error(`Setting up ended at ${landed.at}: ${landed.text}`);
	return browser;
}

/** A browser of somebody whom the owner invited. */
export async function invited(
	portal: Pick<StartedPortal, 'url'>,
	owner: FormBrowser,
	person: { name: string; email: string; password: string },
	access: Record<string, string | string[]>,
): Promise<FormBrowser> {
	let page = await owner.submit(await owner.get('/people'), '/people/invite', access);
	if (page.text.includes('Confirm that it is you')) {
		page = await owner.submit(page, '/people/invite', { confirmPassword: OWNER.password });
	}
	const link = /http[^"]*\/join\/[\w-]+/.exec(page.html)?.[0];
	if (link === undefined) throw new Error(`No link: ${page.text}`);
	const { pathname } = new URL(link);
	const browser = formBrowser(portal.url);
	await browser.submit(await browser.get(pathname), pathname, person);
	return browser;
}
