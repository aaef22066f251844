import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';
import * as getApiBudget from './getApiBudget.operation';
import * as getPermittedActions from './getPermittedActions.operation';

export const organisation = defineResource({
	title: 'Organisation',
	value: 'organisation',
	operations: {
		get,
		getApiBudget,
		getPermittedActions,
	},
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get organisation',
			description: 'Get name, currency, tax and year-end settings and lock dates',
		},
		{
			name: 'Get API Budget',
			value: 'getApiBudget',
			action: 'Get API budget of organisation',
			description: "Read how many calls Xero's limits leave today and this minute",
		},
		{
			name: 'Get Permitted Actions',
			value: 'getPermittedActions',
			action: 'Get permitted actions of organisation',
			description: "Read what the organisation's plan and the connected user allow",
		},
	],
	default: 'get',
	returnable: `
		Addresses BaseCurrency Class CountryCode CreatedDateUTC DefaultPurchasesTax DefaultSalesTax
		Edition EmployerIdentificationNumber EndOfYearLockDate ExternalLinks FinancialYearEndDay
		FinancialYearEndMonth IsDemoCompany LegalName LineOfBusiness Name OrganisationEntityType
		OrganisationStatus OrganisationType PaymentTerms PaysTax PeriodLockDate Phones
		RegistrationNumber SalesTaxBasis SalesTaxPeriod ShortCode TaxNumber Timezone Version
	`,
});
