import { isObject, type Element } from '../../writing/readElements';

/** The lines of a refused element come back as they were sent, marked as checked. */
export function echoLines(element: Element): readonly Element[] {
	const lines = Array.isArray(element['LineItems']) ? element['LineItems'].filter(isObject) : [];
	return lines.map((line) => ({ ...line, ValidationErrors: [] }));
}
