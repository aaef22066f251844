import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { invoiceFields } from '../../../nodes/Xero/resources/invoice/invoiceFields';
import { contactFields } from '../../../nodes/Xero/resources/contact/contactFields';
import { lineItemFields } from '../../../nodes/Xero/documents/lineItemFields';
import { resources } from '../../../nodes/Xero/resources/resources';
import { listSearch } from '../../../nodes/Xero/pickers/listSearch';
import { Xero } from '../../../nodes/Xero/Xero.node';
import { repositoryRoot } from '../../support/repositoryRoot';

const { properties } = new Xero().description;

/** Every property, those inside collections included. */
function all(of: readonly INodeProperties[]): INodeProperties[] {
	return of.flatMap((property) => [
		property,
		...(property.type === 'collection' ? all(property.options as INodeProperties[]) : []),
		...(property.type === 'fixedCollection'
			? (property.options as INodePropertyCollection[]).flatMap(({ values }) => all(values))
			: []),
	]);
}

function choices(name: string, resource?: string): string[] {
	const property = properties.find(
		(candidate) =>
			candidate.name === name &&
			(resource === undefined || candidate.displayOptions?.show?.['resource']?.includes(resource)),
	);
	return (property?.options as INodePropertyOptions[]).map(({ value }) => String(value));
}

describe('the action node', () => {
	it('lets every operation that writes send again what a run that stopped has saved', () => {
		const without = Object.values(resources).flatMap(({ value, operations }) =>
			Object.entries(operations)
				.filter(([, { request }]) => request !== undefined && request.method !== 'GET')
				.filter(
					([, { description }]) =>
						!all(description).some(({ name }) => name === 'sendAgainEvenIfSaved'),
				)
				.map(([operation]) => `${value}: ${operation}`),
		);

		expect(without).toEqual([]);
	});

	it('offers exactly the resources and operations that it can run', () => {
		expect(choices('resource').sort()).toEqual(Object.keys(resources).sort());
		for (const [name, { operations }] of Object.entries(resources)) {
			expect(choices('operation', name).sort()).toEqual(Object.keys(operations).sort());
		}
	});

	it('lists operations by name, and resources too after the popular ones', () => {
		const namesOf = (list: string) =>
			properties
				.filter(({ name }) => name === list)
				.map(({ options = [] }) => options.map(({ name }) => name));
		const [resourceNames = []] = namesOf('resource');
		const lists = [resourceNames.slice(6), ...namesOf('operation')];

		expect(resourceNames.slice(0, 6)).toEqual([
			...['Invoice', 'Contact', 'Payment', 'Item', 'Quote', 'Report'],
		]);
		expect(lists).toHaveLength(1 + Object.keys(resources).length);
		for (const names of lists) {
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
		}
	});

	it('has every resource that there is a folder of, by its name', () => {
		const folders = readdirSync(join(repositoryRoot, 'nodes/Xero/resources'), {
			withFileTypes: true,
		}).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

		expect(Object.keys(resources).sort()).toEqual(folders.sort());
	});

	it('asks for a credential and an organisation, but for what the workflow itself keeps', () => {
		const hidden = properties.find(({ name }) => name === 'organisation')?.displayOptions?.hide;

		expect(hidden).toEqual({ resource: ['incrementalRead'] });
	});

	it('has a search method for every picker', () => {
		const wanted = all(properties).flatMap(({ modes = [] }) =>
			modes
				.map(({ typeOptions }) => typeOptions?.searchListMethod)
				.filter((name) => name !== undefined),
		);

		expect(wanted.length).toBeGreaterThan(0);
		expect(Object.keys(listSearch)).toEqual(expect.arrayContaining(wanted));
	});

	it('gives each field of an operation a name of its own', () => {
		for (const [resource, { operations }] of Object.entries(resources)) {
			for (const [operation, { description }] of Object.entries(operations)) {
				const names = description.map(({ name }) => name);
				expect([resource, operation, names]).toEqual([resource, operation, [...new Set(names)]]);
			}
		}
	});

	it('can be used as a tool of an AI agent', () => {
		expect(new Xero().description.usableAsTool).toBe(true);
	});

	it('has a field for everything of a contact, an invoice and a line that Xero lets be written', () => {
		const written = [...contactFields, ...invoiceFields, ...lineItemFields].map(
			({ property: { name } }) => name,
		);

		expect(written).toEqual(
			expect.arrayContaining([
				...['accountNumber', 'addresses', 'bankAccountDetails', 'batchPayments', 'billTerms'],
				...['companyNumber', 'contactNumber', 'contactPersons', 'contactStatus', 'defaultCurrency'],
				...['emailAddress', 'firstName', 'lastName', 'phones', 'salesTerms', 'taxNumber'],
				...['accountsPayableTaxType', 'accountsReceivableTaxType', 'xeroNetworkKey'],
				...['purchasesDefaultAccountCode', 'salesDefaultAccountCode', 'taxNumberType'],
				...['purchasesDefaultLineAmountType', 'salesDefaultLineAmountType'],
				...['purchasesTracking', 'salesTracking'],
				...['brandingThemeId', 'currencyCode', 'currencyRate', 'date', 'dueDate'],
				...[
					'enteredTotal',
					'expectedPaymentDate',
					'invoiceNumber',
					'lineAmountTypes',
					'plannedPaymentDate',
				],
				...['reference', 'sentToContact', 'status', 'url', 'otherFields'],
				...['roundingAmount', 'subTotal', 'total', 'totalTax'],
				...['description', 'quantity', 'unitAmount', 'accountCode', 'taxType', 'itemCode'],
				...['discountRate', 'discountAmount', 'lineAmount', 'taxAmount', 'lineItemId'],
				...['tracking1', 'tracking2'],
			]),
		);
	});
});
