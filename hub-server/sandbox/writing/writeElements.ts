import { parameter } from '../http/parameter';
import type { Reply } from '../http/Reply';
import { apiErrorReply } from '../resource/apiError';
import type { ApiCall } from '../resource/ApiResource';
import { envelope } from '../resource/envelope';
import { echoDates } from './echoDates';
import { missingMembers } from './missingMembers';
import { readElements, type Element } from './readElements';

/** What became of one element. */
export type ElementOutcome =
	| { readonly ok: true; readonly view: Element; readonly warnings?: readonly string[] }
	| { readonly ok: false; readonly messages: readonly string[]; readonly echo: Element };

export interface ElementWriter {
	readonly collection: string;
	/** False where refused elements come inside a 200 even though `summarizeErrors` is not false. */
	readonly refusesWhole?: boolean;
	/** Saves one element through the call's transaction, or says why not. */
	write(element: Element): ElementOutcome;
}

/**
 * Saves the elements of a request the way Xero does: with `summarizeErrors` absent or true, one bad
 * element refuses the whole request; with false, the good ones are saved and every element says what
 * became of it. The answer has one element per element, in order.
 */
export function writeElements(call: ApiCall, writer: ElementWriter): Reply {
	const summarize = parameter(call.request, 'summarizeErrors')?.toLowerCase() !== 'false';
	const outcomes = readElements(call.request, writer.collection).map((element) => {
		const savepoint = call.transaction.savepoint();
		const outcome = incomplete(call, writer, element) ?? writer.write(element);
		if (!outcome.ok) call.transaction.rollbackTo(savepoint);
		return outcome;
	});

	const refused = outcomes.filter((outcome) => !outcome.ok);
	if (summarize && writer.refusesWhole !== false && refused.length > 0) {
		call.transaction.rollbackTo(0);
		return apiErrorReply(
			'ValidationException',
			'A validation exception occurred',
			refused.map(refusedElement),
		);
	}
	return envelope(
		call,
		writer.collection,
		outcomes.map((outcome) => (summarize ? savedElement(outcome) : reportedElement(outcome))),
	);
}

/** Why an element is not even looked at, where the required members are insisted on. */
function incomplete(
	call: ApiCall,
	{ collection }: ElementWriter,
	element: Element,
): ElementOutcome | undefined {
	if (!call.context.faults().strictRequired) return undefined;
	const missing = missingMembers(collection, element);
	if (missing.length === 0) return undefined;
	return {
		ok: false,
		messages: missing.map((name) => `${name} must be specified`),
		echo: echoDates(element, ['Date']),
	};
}

function savedElement(outcome: ElementOutcome): Element {
	if (!outcome.ok) return refusedElement(outcome);
	return outcome.warnings === undefined || outcome.warnings.length === 0
		? outcome.view
		: { ...outcome.view, Warnings: messages(outcome.warnings) };
}

function reportedElement(outcome: ElementOutcome): Element {
	const status = !outcome.ok ? 'ERROR' : (outcome.warnings?.length ?? 0) > 0 ? 'WARNING' : 'OK';
	return { ...savedElement(outcome), StatusAttributeString: status };
}

function refusedElement(outcome: ElementOutcome): Element {
	if (outcome.ok) return outcome.view;
	return { ...outcome.echo, ValidationErrors: messages(outcome.messages) };
}

function messages(texts: readonly string[]): { readonly Message: string }[] {
	return texts.map((text) => ({ Message: text }));
}

export const ZERO_GUID = '00000000-0000-0000-0000-000000000000';
