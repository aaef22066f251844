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
		...(numberField === undefined ? {} : { [numberField]: credit[numberField] }),
		ContactName: (credit.Contact as IDataObject | undefined)?.Name,
		Total: credit.Total,
		RemainingCredit: credit.RemainingCredit,
		CurrencyCode: credit.CurrencyCode,
		Status: credit.Status,
		Type: credit.Type,
		Date: credit.Date,
		Reference: credit.Reference,
		[idField]: credit[idField],
	});
}
