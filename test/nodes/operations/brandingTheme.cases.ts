import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	get: {
		parameters: { brandingTheme: picked('={{ $json.id }}') },
		prepare: async (ledger) => ({ ...(await ledger.get('BrandingThemes'))[0] }),
		success: {
			item: ({ BrandingThemeID }) => ({ id: BrandingThemeID }),
			output: ({ BrandingThemeID, Name }) => ({ BrandingThemeID, Name }),
		},
		validationError: { item: { id: 'Standard' }, message: '"Standard"' },
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: { limit: '={{ $json.limit }}' },
		success: {
			item: { limit: 1 },
			output: { Name: 'Standard', SortOrder: 0 },
			then: ({ items }) => {
				expect(items).toHaveLength(1);
			},
		},
		validationError: { item: { limit: 0 }, message: 'Limit is not a whole number above zero' },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
};
