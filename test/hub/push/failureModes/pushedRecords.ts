import type { AnsweredItem, PushedOrganisation, XeroAnswer } from '../pushedOrganisation';

/** A line of a document, to be varied. */
export const line = (changes: object = {}) => ({
	...{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' },
	...changes,
});

/** An approved invoice of 100 and 15 of tax, to be varied. */
export const document = (changes: object = {}) => ({
	...{ Contact: { Name: 'Ridgeway Trading' }, Date: '2026-11-01', DueDate: '2026-11-30' },
	...{ Status: 'AUTHORISED', LineItems: [line()] },
	...changes,
});

/** What tests of failure modes ask of an organisation. Records are counted at Xero, whatever the hub says. */
export function pushedRecords(acme: PushedOrganisation) {
	return {
		/** What Xero has of a list, archived contacts too. */
		async inXero(list: string, where: string): Promise<readonly XeroAnswer[]> {
			const query = `where=${encodeURIComponent(where)}&page=1&includeArchived=true`;
			return (await acme.atXero(`/${list}?${query}`))[list] ?? [];
		},
		async one(list: string, id: unknown): Promise<XeroAnswer> {
			return (await acme.atXero(`/${list}/${String(id)}?unitdp=4`))[list]![0]!;
		},
		async pushOne(
			entity: string,
			externalId: string,
			fields: object,
			more: object = {},
		): Promise<AnsweredItem & { readonly pushId: string; readonly calls: number }> {
			const records = [{ externalId, fields: { ...fields } }];
			const { items, id, calls } = await acme.push({ entity, records, ...more });
			return { ...items[0]!, pushId: id, calls };
		},
		/** One of the sandbox's own calls about the organisation. */
		steer: (method: 'PUT' | 'POST', what: string, body: object) =>
			fetch(`${acme.sandbox.url}/_sandbox/organisations/${acme.tenantId}/${what}`, {
				method,
				body: JSON.stringify(body),
			}),
	};
}
