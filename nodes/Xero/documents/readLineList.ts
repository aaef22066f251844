import { refuseInput, success, type Outcome } from '../errors/failure';
import { parseExactJson } from '../values/exactJson';

/**
 * The lines that an expression or JSON gives: a list, or one line alone. What is no list is refused,
 * because a document without lines is rarely what a misspelt name was meant to make.
 *
 * @param label the field, as the message should call it
 */
export function readLineList(value: unknown, label: string): Outcome<unknown[]> {
	const given =
		typeof value === 'string' && value.trim() !== '' ? parse(value, label) : success(value);
	if (!given.ok) return given;
	if (Array.isArray(given.value)) return success(given.value);
	return typeof given.value === 'object' && given.value !== null
		? success([given.value])
		: refuseInput(
				`${label} is not a list: ${JSON.stringify(given.value)}`,
				'Check the name in the expression against the input of this node. For no lines, give an empty list: [].',
			);
}

function parse(text: string, label: string): Outcome<unknown> {
	try {
		return success(parseExactJson(text));
	} catch (error) {
		return refuseInput(
			`${label} is not JSON: ${(error as Error).message}`,
			'Write an array such as [{"Description": "Consulting", "UnitAmount": "120.50"}].',
		);
	}
}
