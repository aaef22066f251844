/** What a record is known again by, seen what was sent to make it. */
export interface RecordTraits {
	/**
	 * Members that Xero keeps as they are sent, such as numbers, references and days; of a contact or an
	 * account inside, whichever key both sides have.
	 */
	readonly members: readonly string[];
	/** Its parts, such as the lines. */
	readonly parts?: PartTraits;
	/**
	 * Whether a POST without an id changes the one record that it names by number, code or name, so that
	 * sending it again makes no second one. Never where absent.
	 */
	readonly namesOne?: (sent: Readonly<Record<string, unknown>>) => boolean;
}

export interface PartTraits {
	/** Of the array, such as `LineItems`. */
	readonly name: string;
	/** Kept as they are sent. */
	readonly members: readonly string[];
	/** What Xero may round or complete: where only these differ, nobody can tell. */
	readonly figures: readonly string[];
}

/** The lines of invoices, credit notes, quotes, purchase orders and bank transactions. */
export const documentLines: PartTraits = {
	name: 'LineItems',
	members: ['Description'],
	figures: ['ItemCode', 'AccountCode', 'Quantity', 'UnitAmount', 'LineAmount'],
};
