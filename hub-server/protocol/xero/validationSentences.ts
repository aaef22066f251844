import { member as bodyMember, text } from './bodyMember';

/**
 * Every distinct `ValidationErrors[].Message` of an element, its own first, then those of its parts
 * (line items, addresses …), which name the part they stand in: `LineItems 2 "Paper": Account code …`. The
 * number is its place in the answer, where Xero keeps no order of lines; the words are its own.
 */
export function validationSentences(element: unknown): string[] {
	return [...new Set(gather(element, ''))];
}

function gather(value: unknown, part: string): string[] {
	if (Array.isArray(value)) {
		return value.flatMap((member, index) =>
			gather(member, part === '' ? '' : `${part} ${index + 1}${wordsOf(member)}`),
		);
	}
	if (typeof value !== 'object' || value === null) return [];
	const own = messagesOf('ValidationErrors' in value ? value.ValidationErrors : undefined);
	const parts = Object.entries(value)
		.filter(([key]) => !NOT_PARTS.has(key))
		.flatMap(([key, member]) => gather(member, key));
	const distinctParts = parts.filter((sentence) => !own.includes(withoutPart(sentence)));
	return [
		...own.map((message) => (part === '' ? message : `${part}: ${message}`)),
		...distinctParts,
	];
}

function wordsOf(member: unknown): string {
	const words = text(bodyMember(member, 'Description'));
	return words === undefined ? '' : ` ${quotedLine(words)}`;
}

/** What a line is for, as sentences about it have it: quoted, and not longer than fits a message. */
export function quotedLine(description: string): string {
	const characters = [...description.trim()];
	const isLong = characters.length > LONGEST;
	return JSON.stringify(isLong ? `${characters.slice(0, LONGEST).join('')}…` : characters.join(''));
}

const LONGEST = 60;

/** `Warnings` do not refuse a record; a contact inside a document reports through the document. */
const NOT_PARTS: ReadonlySet<string> = new Set(['ValidationErrors', 'Warnings']);

function messagesOf(errors: unknown): string[] {
	if (!Array.isArray(errors)) return [];
	return errors.flatMap((error: unknown) => {
		if (typeof error !== 'object' || error === null || !('Message' in error)) return [];
		return typeof error.Message === 'string' && error.Message !== '' ? [error.Message] : [];
	});
}

function withoutPart(sentence: string): string {
	return sentence.replace(/^[A-Za-z]+(?: \d+)?(?: "(?:[^"\\]|\\.)*")?: /, '');
}
