/**
 * What the real Xero was reported or recorded to answer, as literals: nothing here is read from the sandbox.
 *
 * `evidence`: `A` several independent reports, or Xero's own staff; `B` one report; `C` inference, which the
 * sandbox has under a switch, so that both positions are tested.
 */
export const expectedAnswers = {
	oneOfSeveralIsBad: {
		source: 'stackoverflow 52706101, xero-ruby#247, pyxero#79',
		evidence: 'A',
		refused: 400,
		reportedForEach: 200,
		saved: ['1', '2', '4'],
	},
	refusedAsAWhole: {
		source: 'inferred from the same: with an unknown id nobody has said what is saved',
		evidence: 'C',
		status: 404,
		saved: { nothing: [], before: ['1', '2'], good: ['1', '2', '4'] },
	},
	paymentOfDraft: {
		source: "Workato's docs, Xero-Net#257, Xero-Java#55, Xero-Java#62",
		evidence: 'A',
		refused: 400,
		reportedForEach: 200,
		messages: [
			'Payments can only be made against Authorised documents',
			'Payment amount exceeds the amount outstanding on this document',
		],
	},
	totalsThatAreNotOfTheLines: {
		source: 'xero-mcp-server#190, #206, #312, xeroizer#86',
		evidence: 'A',
		subTotal: ['The document sub total does not equal the sub total of the lines'],
		total: ['The document total does not equal the sum of the lines.'],
	},
	taxOfBankTransactionLine: {
		source: 'xero-node#768',
		evidence: 'B',
		messages: ['Tax amount 52.23 is incorrect for INPUT2 tax type, should be 52.28'],
	},
	memberNamesInAnotherCase: {
		source: "examples in Xero's own documentation; Json.NET",
		evidence: 'C',
		read: { Total: 115, LineItems: [{ Description: 'Paper', TaxAmount: 15 }] },
	},
	emptyTextForANumber: {
		source: "n8n's own Xero node sends it for untouched fields; Json.NET",
		evidence: 'C',
		read: { Quantity: 1, UnitAmount: 100 },
	},
	unreadableBody: {
		source: 'xero-php-oauth2#39, xero-php-oauth2#205',
		evidence: 'A',
		status: 400,
		json: { ErrorNumber: 14, Type: 'PostDataInvalidException' },
		choice: ['Error converting value "NO_TAX" to type', "Path 'ManualJournals[0].LineAmountTypes'"],
		guid: ['Error converting value "4ec1e59b" to type', "Path 'Invoices[0].InvoiceID'"],
		number: ['Error converting value "lots" to type', "Path 'Invoices[0].LineItems[0].UnitAmount'"],
		broken: ['JSON request body could not be read'],
	},
	xml: {
		source: 'pyxero and xeroizer, recorded answers',
		evidence: 'A',
		contentType: 'text/xml',
		saved: [
			/<Response [^>]*xmlns:xsi="http:\/\/www\.w3\.org\/2001\/XMLSchema-instance">/,
			/<DateTimeUTC>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z<\/DateTimeUTC>/,
			/<Invoices><Invoice>/,
			/<Date>2026-11-01T00:00:00<\/Date>/,
			/<UpdatedDateUTC>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?<\/UpdatedDateUTC>/,
			/<LineItems><LineItem><Description>Paper &amp; ink<\/Description>/,
			/<Tracking><TrackingCategory>/,
			/<Total>115<\/Total>/,
		],
		refused: [
			/<ApiException [^>]*><ErrorNumber>10<\/ErrorNumber><Type>ValidationException<\/Type>/,
			/<Elements><DataContractBase xsi:type="Invoice">/,
			/<ValidationError><Message>Invoice not of valid status for creation<\/Message><\/ValidationError>/,
		],
		unreadable: [
			[/<ErrorNumber>14<\/ErrorNumber>/, /<Message>Unrecognized Guid format\.<\/Message>/],
			[/<Message>The string '2017-12-14 00:00:00' is not a valid AllXsd value\.<\/Message>/],
			[/<Message>Xml for post data was invalid, /],
		],
	},
	methodThatTheEndpointHasNot: {
		source: 'pyxero, recorded answer',
		evidence: 'A',
		status: 501,
		json: {
			ErrorNumber: 20,
			Type: 'ApiMethodNotImplementedException',
			Message: 'The Api Method called is not implemented',
		},
		xml: /<ApiException [^>]*><ErrorNumber>20<\/ErrorNumber><Type>ApiMethodNotImplementedException<\/Type>/,
	},
	discountOfALineWithoutAmount: {
		source: 'Xero-OpenAPI#429, Xero-NetStandard#412',
		evidence: 'A',
		nothing: [
			"The discount rate '0.00' is invalid. Discount must not be greater than the line total.",
		],
		tooMuch:
			/^The discount rate '.+' is invalid\. Discount must not be greater than the line total\.$/,
	},
	lineThatIsWhollyDiscounted: {
		source: 'Xero-NetStandard#74, #147, xeroizer#553',
		evidence: 'A',
		answered: { LineAmount: 0, DiscountRate: 100 },
		messages: ['The line total -795.00 does not match the expected line total 0.00'],
	},
	addedLines: {
		source: 'Xero-NetStandard#374, xero-php#536, xero-python#111',
		evidence: 'A',
		order: ['added', 'kept'],
	},
	inclusiveQuoteReadBack: {
		source: 'xero-mcp-server PR 309',
		evidence: 'B',
		total: 1265,
		linesWithTax: 1265,
		linesWithoutTax: 1100,
		totalOnceSentBack: 1100,
	},
	namesOfContacts: {
		source: 'pinelab-vendure-plugins#505',
		evidence: 'C',
		message: /is already assigned to another contact/,
	},
	accountNumberTaken: {
		source: 'xero-php#880',
		evidence: 'B',
		messages: ['The Account Number already exists. Please enter a different Account Number.'],
	},
	invoiceForArchivedContact: {
		source: 'one report, of which no address is kept',
		evidence: 'B',
		messages: [
			'The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.',
		],
	},
	unknownTaxType: {
		source: 'Xero-Java#336',
		evidence: 'B',
		second:
			/^The TaxType code .?NOPE.? does not exist or cannot be used for this type of transaction\.$/,
	},
	malformedTrackingId: {
		source: 'xero-php-oauth2#228',
		evidence: 'B',
		status: 400,
		json: { ErrorNumber: 14, Type: 'PostDataInvalidException' },
	},
	savedWithoutAnId: {
		source: 'Xero-NetStandard#324',
		evidence: 'A',
		ids: { absent: undefined, null: null, zero: '00000000-0000-0000-0000-000000000000' },
	},
	textInWhere: {
		source: 'Xero-Java#347, xeroizer#160 (the refusal); doubling is inferred from Dynamic LINQ',
		evidence: 'C',
		refusal: { ErrorNumber: 16, Type: 'QueryParseException' },
		message: /Syntax error/,
	},
	textsOfWhereErrors: {
		source: 'several issues of the SDKs',
		evidence: 'A',
		ofType: "Operator '>' incompatible with operand types 'DateTime?' and 'String'",
		ofName: "No property or field 'Organisation' exists in type 'Contact'",
	},
	idsThatAreNoGuids: {
		source: 'xero-php#670',
		evidence: 'B',
		status: 400,
		contentType: 'text/html',
		text: "Supplied parameter 'Ids' cannot be parsed.",
	},
	longAddress: {
		source: 'Xero-OpenAPI#534, Xero-NetStandard#413, #471, Xero-Net#280',
		evidence: 'A',
		longest: 2_090,
		status: 404,
		contentType: 'text/html',
	},
	pagingOfManualJournalsInOrder: { source: 'tap-xero PR 104', evidence: 'A' },
	stampAhead: { source: 'Xero-NetStandard#598', evidence: 'B', hours: 3 },
	archivedContactsInLists: { source: 'tap-xero#59, tap-xero PR 84', evidence: 'A' },
	retryAfter: {
		source: 'one report, of which no address is kept',
		evidence: 'B',
		headers: { 'retry-after': '40000', 'x-rate-limit-problem': 'minute' },
	},
} as const;
