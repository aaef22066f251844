import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';

export const cases: ResourceCases = {
	get: {
		parameters: { user: picked('={{ $json.id }}') },
		prepare: async (ledger) => ({ ...(await ledger.get('Users'))[0] }),
		success: {
			item: ({ UserID }) => ({ id: UserID }),
			output: ({ UserID, EmailAddress }) => ({ UserID, EmailAddress }),
		},
		validationError: { item: { id: 'owner' }, message: '"owner"' },
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: { filters: { emailAddress: '={{ $json.email }}', where: '={{ $json.where }}' } },
		success: {
			item: { email: 'owner@sandbox.example', where: '' },
			output: { EmailAddress: 'owner@sandbox.example', OrganisationRole: 'FINANCIALADVISER' },
		},
		validationError: { item: { email: '', where: 'Email==' }, message: /./ },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
};
