import type { IDataObject } from 'n8n-workflow';

/** The ten fields that say who it is, and who it has become where it was merged. */
export function simplifyContact(contact: IDataObject): IDataObject {
	return {
		Name: contact.Name,
		EmailAddress: contact.EmailAddress,
		ContactStatus: contact.ContactStatus,
		FirstName: contact.FirstName,
		LastName: contact.LastName,
		AccountNumber: contact.AccountNumber,
		IsCustomer: contact.IsCustomer,
		IsSupplier: contact.IsSupplier,
		UpdatedDateUTC: contact.UpdatedDateUTC,
		ContactID: contact.ContactID,
		...(contact.MergedToContactID === undefined
			? {}
			: { MergedToContactID: contact.MergedToContactID }),
	};
}
