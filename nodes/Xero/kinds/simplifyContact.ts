import type { IDataObject } from 'n8n-workflow';

/** The ten fields that say who it is, and who it has become where it was merged. */
export function simplifyContact(contact: IDataObject): IDataObject {
	return {
		ContactID: contact.ContactID,
		Name: contact.Name,
		EmailAddress: contact.EmailAddress,
		FirstName: contact.FirstName,
		LastName: contact.LastName,
		ContactStatus: contact.ContactStatus,
		AccountNumber: contact.AccountNumber,
		IsCustomer: contact.IsCustomer,
		IsSupplier: contact.IsSupplier,
		UpdatedDateUTC: contact.UpdatedDateUTC,
		...(contact.MergedToContactID === undefined
			? {}
			: { MergedToContactID: contact.MergedToContactID }),
	};
}
