import { picked, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const oneTaxRate = async (ledger: Ledger) =>
	await ledger.put('TaxRates', {
		TaxRates: [
			{
				Name: ledger.unique('City tax'),
				ReportTaxType: 'OUTPUT',
				TaxComponents: [{ Name: 'City', Rate: 2.5 }],
			},
		],
	});

const named = { taxRate: picked('={{ $json.taxType }}') };

export const cases: ResourceCases = {
	create: {
		parameters: {
			name: '={{ $json.name }}',
			taxComponents: {
				component: [
					{ name: 'Federal', rate: '5' },
					{ name: 'State', rate: '9.975' },
				],
			},
			additionalFields: { reportTaxType: 'OUTPUT' },
		},
		prepare: oneTaxRate,
		success: {
			item: ({ Name }) => ({ name: `${Name} and more` }),
			output: {
				TaxType: expect.stringMatching(/^TAX\d{3}$/),
				EffectiveRate: 14.975,
				TaxComponents: [
					{ Name: 'Federal', Rate: 5 },
					{ Name: 'State', Rate: 9.975 },
				],
			},
		},
		validationError: {
			item: ({ Name }) => ({ name: Name }),
			message: 'Please enter a unique Name.',
		},
		notFound: { notApplicable: 'a new tax rate refers to no other record' },
	},
	getAll: {
		parameters: { filters: { taxType: '={{ $json.taxType }}', where: '={{ $json.where }}' } },
		prepare: oneTaxRate,
		success: {
			item: ({ TaxType }) => ({ taxType: TaxType, where: '' }),
			output: ({ TaxType, Name }) => ({ TaxType, Name, EffectiveRate: 2.5 }),
		},
		validationError: { item: { taxType: '', where: 'Rate>' }, message: /./ },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	update: {
		parameters: { ...named, updateFields: { name: '={{ $json.name }}' } },
		prepare: oneTaxRate,
		success: {
			item: ({ TaxType, Name }) => ({ taxType: TaxType, name: `${Name} renamed` }),
			output: ({ TaxType, Name }) => ({ TaxType, Name: `${Name} renamed`, EffectiveRate: 2.5 }),
		},
		validationError: {
			item: { taxType: 'OUTPUT2', name: 'Mine' },
			message: 'Tax rates that Xero provides cannot be changed.',
		},
		notFound: {
			item: { taxType: 'TAX999', name: 'Mine' },
			message: 'Xero has no tax rate with the tax type TAX999',
		},
	},
	delete: {
		parameters: named,
		prepare: oneTaxRate,
		success: {
			item: ({ TaxType }) => ({ taxType: TaxType }),
			output: ({ TaxType }) => ({ deleted: true, TaxType }),
			then: async ({ prepared, ledger }) => {
				const [rate] = await ledger.get(`TaxRates/${String(prepared['TaxType'])}`);
				expect(rate?.['Status']).toBe('DELETED');
			},
		},
		validationError: {
			item: { taxType: 'OUTPUT2' },
			message: 'Tax rates that Xero provides cannot be changed.',
		},
		notFound: { item: { taxType: 'TAX999' }, message: 'The tax rate could not be found.' },
	},
};
