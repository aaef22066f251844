import { z } from 'zod';

const onPath = {
	/** Part of the request's path; every path when absent. */
	path: z.string().default('/'),
	method: z.string().toUpperCase().optional(),
	/** How many requests are struck. */
	times: z.int().min(1).default(1),
};

/** The switches of `PUT /_sandbox/faults`. Every one is off, or as Xero does it, unless set. */
export const Faults = z.strictObject({
	/** Each API call waits this long before it is carried out. */
	latencyMs: z.number().min(0).default(0),
	/** Answers that status instead of doing anything. */
	status: z
		.strictObject({ ...onPath, status: z.int().min(400).max(599), body: z.string().optional() })
		.optional(),
	/** Answers a page of HTML, as a gateway in trouble does. */
	htmlError: z
		.strictObject({ ...onPath, status: z.int().min(400).max(599).default(502) })
		.optional(),
	/** Carries the request out, then drops the socket without an answer. */
	dropAfterCommit: z.strictObject(onPath).optional(),
	/** Carries a write out, but answers its elements without the ids of the records (Xero-NetStandard#324). */
	answersWithoutIds: z
		.strictObject({ ...onPath, as: z.enum(['absent', 'null', 'zero']).default('absent') })
		.optional(),
	/** Carries a request out, but leaves the last element out of the answer. */
	answersFewer: z.strictObject(onPath).optional(),
	/** Gives the first page, or the whole list, whichever page is asked for (tap-xero PR 104). */
	ignoresPaging: z
		.strictObject({ ...onPath, gives: z.enum(['firstPage', 'wholeList']).default('firstPage') })
		.optional(),
	/** Carries a request out, but sends only half of the answer's JSON, with its status: a proxy that gave up. */
	cutsAnswer: z.strictObject(onPath).optional(),
	/**
	 * Records as no schema has them: a member that nobody knows, a status that nobody knows, and times of
	 * change that are absent, 0 or before 1970 in turn.
	 */
	answersOddRecords: z.strictObject(onPath).optional(),
	/** What lists asked for with `If-Modified-Since` do. */
	lists: z
		.strictObject({
			/** A change is in no such list, with its record, until that long after it was made. Nobody has measured it at Xero. */
			lateMs: z.number().min(0).default(0),
			/** Whether a list in which nothing changed is a 304, as the header means elsewhere, or an empty list. */
			notModified: z.boolean().default(false),
		})
		.prefault({}),
	/** What is written is stamped that far ahead of Xero's clock (Xero-NetStandard#598). */
	stampAheadSeconds: z.number().min(0).default(0),
	/** `Retry-After` of every 429, in place of the true one. */
	retryAfterSeconds: z.number().min(0).optional(),
	/** Ends every access token issued so far, once. */
	expireTokens: z.boolean().default(false),
	/** That organisation is disconnected from every app for as long as this is set. */
	disconnectTenant: z.guid().optional(),
	/** "The Organisation is offline": 503 for as long as this is set. */
	offlineTenant: z.guid().optional(),
	/** How long a superseded refresh token still works. */
	refreshGraceSeconds: z.number().min(0).default(1_800),
	/** Xero documents no `Retry-After` for the concurrent limit. */
	retryAfterOnConcurrent: z.boolean().default(false),
	/** Body of a 429; Xero's is empty as far as known. */
	rateLimitBody: z.string().default(''),
	/** Whether the tenant (403) is looked at before the scope (401). */
	tenantBeforeScope: z.boolean().default(true),
	/** Scopes that no token holds, whatever the user was asked for; nobody has seen Xero give less than was consented to. */
	withholdScopes: z.array(z.string()).default([]),
	/** Spells `insufficient_scope` as Xero's FAQ does. */
	misspellInsufficientScope: z.boolean().default(false),
	/** `iss` of tokens and discovery, e.g. https://identity.xero.com; the sandbox's own address when absent. */
	issuer: z.url().optional(),
	/** Adds `scope` and `session_state` to the redirect after consent. */
	extraRedirectParameters: z.boolean().default(false),
	/** More documents than this, and a filter that is not optimised raises HighVolumeException. */
	highVolumeFrom: z.int().min(1).default(100_000),
	/** Whether `where` knows the Url of invoices and bank transactions, as it knows most members; nobody has shown a request that does. */
	filtersByUrl: z.boolean().default(true),
	/** Whether the Url of a document stays what it was made with (xero-node pull request 213); Xero's page of invoices lets it be changed. */
	keepsFirstUrl: z.boolean().default(false),
	/** Whether `null` empties a text, as an empty text does; else it is no value, as for Json.NET. */
	nullEmptiesTexts: z.boolean().default(false),
	/** Whether an invoice, bill or credit note of less than nothing is refused; no public source quotes such a refusal. */
	refusesNegativeTotals: z.boolean().default(false),
	/** Whether a body's member names are taken in any case, as Json.NET takes them; Xero's own examples mix them. */
	namesInAnyCase: z.boolean().default(true),
	/** Whether "" where a number belongs is no value, as for Json.NET; n8n's own node sends it, else it is refused. */
	emptyNumbersAreAbsent: z.boolean().default(true),
	/** Whether names that differ in repeated blanks inside are one (pinelab-vendure-plugins#505); of contacts. */
	foldsInnerBlanks: z.boolean().default(true),
	/** Whether a quote inside a text of `where` is written as two; else it cannot be written at all. */
	doublesQuotes: z.boolean().default(true),
	/** Refuses to approve invoices, as the smallest organisation plans do at their limit. */
	approvalLimitReached: z.boolean().default(false),
	/** Whether the organisation's plan has no other currency than its own. */
	singleCurrency: z.boolean().default(false),
	/** Whether a single budget comes as an object, as the example of Xero's OpenAPI file has it, in place of a list. */
	singleBudgetAsObject: z.boolean().default(false),
	/** Whether RoundingAmount and EnteredTotal of invoices are enabled for the organisations, which they are on request only (xero-node 20). */
	roundsInvoices: z.boolean().default(false),
	/** A refused payment comes inside a 200 even without `summarizeErrors=false`, as Xero's example of PUT Payments has it and nobody reports it (Xero-Net#257, Xero-Java#55, #62). */
	paymentErrorsIn200: z.boolean().default(false),
	/**
	 * What is saved of a request with several elements that one of them refuses as a whole in spite of
	 * `summarizeErrors=false`: none, those before the bad one, or all good ones. Nobody has reported it; the
	 * good ones are what is kept without `summarizeErrors=false`.
	 */
	refusedBatchSaves: z.enum(['nothing', 'before', 'good']).default('good'),
	/** A bad element refuses the whole request in spite of `summarizeErrors=false` (Xero-Net#354). */
	ignoresSummarizeErrors: z.boolean().default(false),
	/** Whether one payment of a batch can be deleted alone. */
	deletesPaymentsOfBatches: z.boolean().default(false),
	/** Refuses documents of a locked period that are not in the ledger: Xero's page of invoices says "no updates", its web pages let drafts be saved. */
	locksDrafts: z.boolean().default(true),
	/** Refuses records without a member that Xero's OpenAPI file or page calls required, changes and deletions included. */
	strictRequired: z.boolean().default(false),
	/** What Xero's page of quotes says, and no public record of an answer shows. */
	quotes: z
		.strictObject({
			/** Whether a line without TaxType takes the one of its item or account. */
			defaultsTax: z.boolean().default(false),
			/** Whether tracking can be given by names. */
			tracksByName: z.boolean().default(false),
			/** Whether a quote without Date is of today, as the OpenAPI file has it. */
			defaultsDate: z.boolean().default(false),
			/** Whether the lines of an inclusive quote are answered without tax (xero-mcp-server PR 309, once). */
			answersLinesWithoutTax: z.boolean().default(false),
			/** Whether accepted, declined and invoiced quotes can be changed in more than their contact. */
			changesAnswered: z.boolean().default(false),
		})
		.prefault({}),
	bankFeeds: z
		.strictObject({
			/** Whether Xero has approved the apps that are registered for bank feeds. */
			approved: z.boolean().default(true),
			/** Real demo companies refuse bank feeds; the sandbox lets them be tried. */
			organisationAllowed: z.boolean().default(true),
			/** How long a statement stays PENDING. */
			deliveryMs: z.number().min(0).default(300),
			/** Type of the error with which statements are rejected later on. */
			reject: z.string().optional(),
			/** Whether lines that are not sorted by date are refused; Xero's pages do not say. */
			wantsLinesInOrder: z.boolean().default(true),
		})
		.prefault({}),
	webhooks: z
		.strictObject({
			/** Events raised within this time travel in one payload. */
			coalesceMs: z.number().min(0).default(50),
			/** First delay of the retry schedule; everything else in it is a multiple. */
			retryMs: z.number().min(1).default(900_000),
			/** Sends every payload twice. */
			duplicate: z.boolean().default(false),
			/** Sends the events of a payload in reverse. */
			outOfOrder: z.boolean().default(false),
			/** Names each event twice within its payload. */
			repeatInPayload: z.boolean().default(false),
			/** Most events in one payload. */
			maxEvents: z.int().min(1).default(100),
			/**
			 * How far `eventDateUtc` lies after the time of change in the record, before it where negative. What it is
			 * at Xero is not published.
			 */
			dateOffsetMs: z.number().default(0),
			/** How long a receiver may take. */
			timeoutMs: z.number().min(1).default(5_000),
			/** Categories whose events have no `data`. What those of PAYMENT hold is not published. */
			withoutData: z.array(z.string()).default(['PAYMENT']),
		})
		.prefault({}),
});
export type Faults = z.infer<typeof Faults>;
