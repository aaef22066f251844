import { refuseInput, success, type Outcome } from '../errors/failure';

const GUID = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}';

/** Anchored, for n8n's own check of what a user types. */
export const XERO_ID_PATTERN = `^\\s*${GUID}\\s*$`;

/** A page of go.xero.com with the record's id somewhere in its address; group 1 is the id. */
export const XERO_URL_PATTERN = `^https://[a-z.]*xero\\.com/.*?(${GUID}).*$`;

const ID = new RegExp(XERO_ID_PATTERN);
const URL_WITH_ID = new RegExp(XERO_URL_PATTERN);

/** Xero's id in lower case, from the id itself or from a pasted go.xero.com address. */
export function parseXeroId(value: string, label: string): Outcome<string> {
	const id = URL_WITH_ID.exec(value.trim())?.[1] ?? (ID.test(value) ? value.trim() : undefined);
	if (id === undefined) {
		return refuseInput(
			value.trim() === ''
				? `${label} is not set`
				: `${label} is not an id of Xero's: ${JSON.stringify(value)}`,
			'Xero ids look like 717f2bfc-c6d4-41fd-b238-3f2f0c0cf777. Choose from the list, or paste the id or the go.xero.com address.',
		);
	}
	return success(id.toLowerCase());
}
