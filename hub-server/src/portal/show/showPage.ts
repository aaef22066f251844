import { join } from 'node:path';
import { Eta } from 'eta';
import type { Response } from 'express';
import { isAllowed } from '../access/permissions';
import { formTokenOf } from '../access/formToken';
import { assetUrl } from './assets';
import { icon } from './icons';
import { PORTAL_CONTENT_SECURITY_POLICY } from './contentSecurityPolicy';
import { noticeText } from './notices';
import { textOf } from './texts';
import { openAlertsOf, pageWorkspaceIfAny, visitOf } from './visit';

/** A template and the type of what it shows. */
export interface PageTemplate<View> {
	readonly name: string;
	/** Never read: it carries the type. */
	readonly view?: View;
}

/** Names a file of `templates/` and says what it needs. */
export function pageTemplate<View extends object>(name: string): PageTemplate<View> {
	return { name };
}

export interface PageFrame {
	/** In the tab and as the page's heading. */
	readonly title: string;
	/** Which entry of the navigation this is. */
	readonly tab?: string;
	readonly workspace?: { readonly slug: string; readonly name: string };
	readonly status?: number;
}

export type ShowPage = <View extends object>(
	response: Response,
	template: PageTemplate<View>,
	frame: PageFrame,
	view: View,
) => void;

const eta = new Eta({ views: join(__dirname, '..', 'templates'), cache: true, autoEscape: true });

/**
 * Sends a page. Every value is escaped by the template engine. Pages are about one person, so no cache
 * may keep them.
 */
export const showPage: ShowPage = (response, template, frame, view) => {
	const { user, cookie } = visitOf(response);
	const workspaceId = pageWorkspaceIfAny(response)?.id;
	const openAlerts = openAlertsOf(response);
	const html = eta.render(template.name, {
		...view,
		text: textOf,
		asset: assetUrl,
		icon,
		formToken: formTokenOf(cookie),
		frame: {
			...frame,
			user,
			may: {
				connect: user !== undefined && isAllowed(user, 'connect', workspaceId),
				administer: user !== undefined && isAllowed(user, 'administer', workspaceId),
			},
			openAlerts,
			notice: noticeText(response.req.query['done']),
		},
	});
	response
		.status(frame.status ?? 200)
		.set(PAGE_HEADERS)
		.type('html')
		.send(html);
};

/** A piece of a page, for a stream. */
export function renderPart<View extends object>(template: PageTemplate<View>, view: View): string {
	return eta.render(template.name, { ...view, text: textOf, icon });
}

/** For everything that the portal shows. */
export const PAGE_HEADERS = {
	'Content-Security-Policy': PORTAL_CONTENT_SECURITY_POLICY,
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'same-origin',
};
