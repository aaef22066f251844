import { parameter } from '../http/parameter';
import type { Reply } from '../http/Reply';
import { apiErrorReply, notFound, UnknownRecordError } from '../resource/apiError';
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
 * Saves the elements of a request the way Xero does: the good ones are saved, whatever becomes of the
 * others. With `summarizeErrors` absent or true, a 400 then names the refused ones (stackoverflow
 * 52706101, xero-ruby#247, pyxero#79); with false, a 200 has one element per element, in order, each with
 * what became of it.
 *
 * What Xero has saved when one element refuses the whole request even so (an id that names no record is a
 * 404) is not known: the switch `refusedBatchSaves` decides.
 */
export function writeElements(call: ApiCall, writer: ElementWriter): Reply {
	const { refusedBatchSaves, ignoresSummarizeErrors } = call.context.faults();
	const isAskedForEach = parameter(call.request, 'summarizeErrors')?.toLowerCase() === 'false';
	const start = call.transaction.savepoint();
	let beforeBad: number | undefined;
	const outcomes = readElements(call.request, writer.collection).map((element) => {
		const savepoint = call.transaction.savepoint();
		const outcome = incomplete(call, writer, element) ?? writeOne(writer, element);
		if (outcome !== 'unknown record' && outcome.ok) return outcome;
		call.transaction.rollbackTo(savepoint);
		beforeBad ??= savepoint;
		return outcome;
	});
	const keepAsSwitched = () => {
		if (refusedBatchSaves === 'nothing') call.transaction.rollbackTo(start);
		if (refusedBatchSaves === 'before') call.transaction.rollbackTo(beforeBad ?? start);
	};

	const known = outcomes.filter((outcome) => outcome !== 'unknown record');
	if (known.length < outcomes.length) {
		keepAsSwitched();
		return notFound();
	}
	const summarize = !isAskedForEach || ignoresSummarizeErrors;
	const refused = known.filter((outcome) => !outcome.ok);
	if (summarize && writer.refusesWhole !== false && refused.length > 0) {
		if (isAskedForEach) keepAsSwitched();
		return apiErrorReply(
			'ValidationException',
			'A validation exception occurred',
			refused.map(refusedElement),
		);
	}
	return envelope(
		call,
		writer.collection,
		known.map((outcome) => (summarize ? savedElement(outcome) : reportedElement(outcome))),
	);
}

function writeOne(writer: ElementWriter, element: Element): ElementOutcome | 'unknown record' {
	try {
		return writer.write(element);
	} catch (error) {
		if (error instanceof UnknownRecordError) return 'unknown record';
		throw error;
	}
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
