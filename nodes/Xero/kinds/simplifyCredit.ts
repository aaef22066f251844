import type { IDataObject } from 'n8n-workflow';

/**
 * The ten fields that say what a credit note, prepayment or overpayment is, and what is left of it.
 *
 * @param idField such as `CreditNoteID`
 * @param numberField absent where the kind has no number
 */
export function simplifyCredit(
	idField: string,
	numberField?: string,
): (credit: IDataObject) => IDataObject {
	return (credit) => ({
		[idField]: credit[idField],
		...(numberField === undefined ? {} : { [numberField]: credit[numberField] }),
		Type: credit.Type,
		Status: credit.Status,
		ContactName: (credit.Contact as IDataObject | undefined)?.Name,
		Reference: credit.Reference,
		Date: credit.Date,
		CurrencyCode: credit.CurrencyCode,
		Total: credit.Total,
		RemainingCredit: credit.RemainingCredit,
	});
}
