import { member, text } from './bodyMember';
import { feedSentence, isFeedProblem } from './feedProblem';
import { newerSentences } from './newerSentences';
import { validationSentences } from './validationSentences';

/** What Xero says when it refuses a request as a whole. */
export interface XeroRefusal {
	/** In Xero's own words, in its order; none where it says nothing that is known. */
	readonly sentences: readonly string[];
	/**
	 * Its own name for the refusal, where it gives one: `ValidationException` or `QueryParseException`
	 * (Accounting), `invalid-user-role` (Bank Feeds), `invalid_grant` (OAuth).
	 */
	readonly type?: string;
}

/**
 * The one reader of Xero's refusals, whichever API wrote them: the errors of each element (Accounting),
 * of each field (Payroll, Assets), a list of problems (Files), one problem (Bank Feeds), a message or a
 * detail (all of them, at a gateway too).
 *
 * @param body parsed; a page of a gateway says nothing here
 */
export function readRefusal(body: unknown): XeroRefusal {
	if (isFeedProblem(body)) return { sentences: [feedSentence(body)], type: body.type };
	const type = text(member(body, 'Type')) ?? text(member(body, 'error'));
	const precise = [...validationSentences(member(body, 'Elements') ?? []), ...newerSentences(body)];
	if (precise.length > 0) return { sentences: precise, type };
	const said = text(member(body, 'Message')) ?? text(member(body, 'Detail'));
	return { sentences: said === undefined ? [] : [said], type };
}
