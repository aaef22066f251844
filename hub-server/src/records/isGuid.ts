/** Whether a text has the form of Xero's ids, which are GUIDs but for a few, such as a TaxType. */
export function isGuid(text: string): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
