import type { Request, Response } from 'express';
import { pageTemplate, showPage, type PageFrame } from './showPage';

/** What a person is asked before something ends that cannot be taken back. */
export interface Question {
	readonly title: string;
	/** What comes of it. */
	readonly consequence: string;
	/** On the button that does it. */
	readonly yes: string;
	/** Where it is left as it is. */
	readonly back: string;
	/** What the form had said, to be sent again. */
	readonly fields?: Readonly<Record<string, string>>;
}

const confirmPage = pageTemplate<Question & { action: string }>('confirm');

/** Whether the page's script has asked already, or the page of {@link askFirst}. */
export function isConfirmed(request: Request): boolean {
	return (request.body as { readonly confirmed?: unknown }).confirmed === 'yes';
}

/** A page that sends the same form again, confirmed. */
export function askFirst(
	response: Response,
	frame: Omit<PageFrame, 'title'>,
	question: Question,
): void {
	const action = response.req.originalUrl;
	showPage(response, confirmPage, { ...frame, title: question.title }, { ...question, action });
}
