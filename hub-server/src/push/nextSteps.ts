/** What a person does about a refusal of Xero's, by the words of it. In order: the first that fits. */
const STEPS: ReadonlyArray<{ readonly words: RegExp; readonly step: string }> = [
	{
		words: /contact name .* already assigned/i,
		step: 'Xero has a contact of that name. Push with matchBy ["Name"] to use it, or link it; then retry.',
	},
	{
		// Said of an empty name too.
		words: /enter a unique Name/i,
		step: 'It needs a Name of its own, which no other has in Xero. Correct it, then push it again.',
	},
	{
		words: /contact number .* already assigned/i,
		step: 'Another contact has that number. Link the record to it, or change the number; then retry.',
	},
	{
		words: /Account Number already exists/i,
		step: 'Another contact has that account number. Change one of both, then retry.',
	},
	{
		words: /archived contact|contact .* has been archived/i,
		step: 'Restore the contact in Xero, or link the record to another contact; then retry.',
	},
	{
		words: /lock date|locked period|period lock/i,
		step: 'The books are locked for that date. Change the date, or move the lock date in Xero; then retry.',
	},
	{
		words: /not subscribed to currency|currency/i,
		step: 'Add the currency in Xero under Settings, Currencies, or use another one; then retry.',
	},
	{
		words: /TaxType code .* (cannot be used|does not exist)|tax (type|rate)/i,
		step: 'Xero does not take this tax rate here. Map it to a rate that the account allows, then retry.',
	},
	{
		words: /Account code .* (not a valid code|archived|deleted)/i,
		step: 'Map the code to an account that is active in Xero and of the right type, then retry.',
	},
	{
		words: /Invoice # must be unique|number must be unique/i,
		step: 'Xero has a document of that number. Link the record to it, or change the number; then retry.',
	},
	{
		words: /already exists/i,
		step: 'Xero has one like it. Link the record to it, or change its code or name; then retry.',
	},
	{
		words: /payment or credit note allocated|has payments/i,
		step: 'It is paid or part-paid in Xero. Remove the payment or the allocation there first, then retry.',
	},
	{
		words: /Payments can only be made against Authorised/i,
		step: 'Approve the document in Xero, or push it with Status AUTHORISED; then retry.',
	},
	{
		words: /exceeds the amount outstanding/i,
		step: 'The document owes less than that, perhaps because it was paid in Xero. Compare both, then correct the amount.',
	},
	{
		words: /not of valid status/i,
		step: 'Its status in Xero does not allow this. Look at the document in Xero; push a new one if it was voided or deleted.',
	},
	{
		words: /reached the limit of invoices/i,
		step: 'The plan of the organisation is at its limit. Push as DRAFT, or raise the plan in Xero; then retry.',
	},
	{
		words: /could not be found|was not found|does not exist/i,
		step: 'It names something that Xero does not have. Correct it, then retry.',
	},
];

const CORRECT = 'Correct the record in the other system, then push it again.';

/** @param sentences Xero's own */
export function nextStepOf(sentences: readonly string[]): string {
	const text = sentences.join(' ');
	return STEPS.find(({ words }) => words.test(text))?.step ?? CORRECT;
}
