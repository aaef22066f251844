import { faultOfCall } from '../../hub-server/src/xero/api/writePolicy';
import { everyRoute, portalRoutes } from '../support/everyRoute';
import { hubCalls } from '../support/hubCalls';
import { PAGE_RIGHTS, type PageRight } from '../support/portal/pageRights';
import { xeroWrites, type XeroWrite } from '../support/xeroWrites';
import { table } from './table';

const INTRODUCTION = `# Who may do what

Every call of the hub's API, every page of the portal, and every way to write to Xero, with what each asks of whoever
uses it. The tables are made from the code's own declarations (\`npm run docs\`). Tests hold them against the running hub: they try
every call with every kind of key, every page with every role, and every write under every policy. What is not in the tables is
refused.

## Calls

- **Who**: \`anybody\`; the operator's \`admin\` key (\`xha_…\`); or an \`API key\` (\`xhk_…\`) with the scope that is named. An admin key
  with \`X-Workspace\` may do what an API key may. A key from before keys had scopes may do everything in its workspace. A key
  that expired, was revoked, or is of another workspace may do nothing.
- **A key for some organisations**: \`its own\` sees and changes those only; \`refused\`: the call cannot be held to some;
  \`–\`: it is about none.
- **Write policy**: whether what automation may write into the organisation decides too.
`;

const PAGES = `## Pages

- **Nobody**: somebody who is not signed in. Every other page sends them to the sign-in page, and nothing is done.
- **Viewer**, **Connector**, **Owner**: the roles of people. Below \`/w/:slug\` the role in that workspace counts. A workspace that a person
  may not see is "not found" for them, whatever the page.
- **Confirm again**: whoever signed in more than ten minutes ago proves once more who they are.
`;

const WRITES = `## Writes to Xero

What an API key with \`write\` may send through \`/api/v1/xero/{tenantId}/…\`, by the write policy of the organisation. Reads (\`GET\`) pass under each
policy. An address or method that is not in the table passes under \`all\` and is refused under \`drafts\` and \`none\`.

- **Drafts only**: each document in the body says \`Status\` \`DRAFT\` or \`SUBMITTED\`, and nothing in it settles it.
- **Without bank details**: contacts may be made and changed, but not archived, and not where their money goes.
`;

const ORGANISATIONS = { path: 'its own', narrowed: 'its own', untouched: '–', all: 'refused' };

/** Calls that write to Xero: their body is judged by what automation may write into the organisation. */
const JUDGED: readonly string[] = [
	...['post', 'put', 'patch', 'delete'].map((method) => `${method} /api/v1/xero/{tenantId}/{path}`),
	...['post /api/v1/pushes', 'post /api/v1/pushes/{id}/retry', 'post /api/v1/pushes/{id}/undo'],
	'post /api/v1/pushes/{id}/items/{externalId}/resolve',
	'post /api/v1/mappings/{tenantId}/accounts',
];

/** Each may what those before it may. */
export const ROLES: readonly PageRight[] = ['anybody', 'viewer', 'connector', 'owner'];

/** Addresses with something to read for programs and people, and nothing of anybody's. */
const DOCUMENTS: readonly string[] = [
	'/docs',
	'/docs/docs.css',
	'/docs/docs.js',
	'/docs/reader.js',
	'/openapi.json',
];

/** The page, from what calls, pages and write policies declare. @throws Error where they and the routers differ */
export function whoMayWhat(): string {
	requireEveryRoute();
	return [INTRODUCTION, callTable(), PAGES, pageTable(), WRITES, writeTable()].join('\n');
}

function callTable(): string {
	const names = hubCalls.map(({ method, path }) => `${method} ${path}`);
	const gone = JUDGED.filter((name) => !names.includes(name));
	if (gone.length > 0) throw new Error(`There is no ${gone.join(', ')}.`);
	const calls = hubCalls.map(({ method, path, access, needs }) => [
		`\`${method.toUpperCase()} ${path}\``,
		access === 'public' ? 'anybody' : access === 'admin' ? 'admin' : 'API key',
		needs === undefined ? '–' : needs.scope === 'any' ? 'any' : `\`${needs.scope}\``,
		needs === undefined ? '–' : ORGANISATIONS[needs.organisations],
		JUDGED.includes(`${method} ${path}`) ? 'decides' : '–',
	]);
	const documents = DOCUMENTS.map((path) => [`\`GET ${path}\``, 'anybody', '–', '–', '–']);
	const head = ['Call', 'Who', 'Scope', 'A key for some organisations', 'Write policy'];
	return `${table(head, [...calls, ...documents])}\n`;
}

function pageTable(): string {
	const routes = new Map(portalRoutes().map((route) => [route.name, route]));
	const rows = Object.entries(PAGE_RIGHTS).map(([name, least]) => [
		`\`${name}\``,
		...ROLES.map((role) => (ROLES.indexOf(role) >= ROLES.indexOf(least) ? 'yes' : '–')),
		routes.get(name)?.confirmsAnew ? 'yes' : '–',
	]);
	const head = ['Page or form', 'Nobody', 'Viewer', 'Connector', 'Owner', 'Confirm again'];
	return `${table(head, rows)}\n`;
}

function writeTable(): string {
	const rows = xeroWrites().map((write) => [
		`\`${write.method} ${write.path}\``,
		...(['none', 'drafts', 'all'] as const).map((policy) => {
			const passing = SAMPLES.filter((sample) => passes(policy, write, sample)).map(({ is }) => is);
			if (passing.includes('approved')) return 'yes';
			if (passing.includes('contact')) return 'without bank details';
			return passing.includes('draft') ? 'drafts only' : '–';
		}),
	]);
	return table(['Call to Xero', '`none`', '`drafts`', '`all`'], rows) + '\n';
}

/** Bodies that tell one rule from another. */
export const SAMPLES = [
	{ is: 'contact', body: { Name: 'Ann' } },
	{ is: 'draft', body: { Status: 'DRAFT' } },
	{ is: 'approved', body: { Status: 'AUTHORISED', BankAccountDetails: '1' } },
] as const;

type Policy = Parameters<typeof faultOfCall>[0];

/** Whether the write may be sent, as the policy's own rules have it. */
export function passes(
	policy: Policy,
	{ method, path }: XeroWrite,
	{ body }: (typeof SAMPLES)[number],
) {
	const call = { method, path: aimed(path), headers: { 'content-type': 'application/json' } };
	return faultOfCall(policy, { ...call, body: Buffer.from(JSON.stringify(body)) }) === undefined;
}

/** With an id where one belongs. */
export function aimed(path: string): string {
	return path.replace(/:file/, 'bill.pdf').replace(/:\w+/g, '12121212-1212-4212-8212-121212121212');
}

/** @throws Error for a route in no table, and for a page in the table that is not there */
function requireEveryRoute(): void {
	const pages = portalRoutes().map(({ name }) => name);
	const calls = hubCalls.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
	const known = new Set([
		...Object.keys(PAGE_RIGHTS),
		...[...calls, ...DOCUMENTS.map((path) => `GET ${path}`)].map(asExpressHasIt),
	]);
	const stray = everyRoute().filter(({ name }) => !known.has(name) && !name.startsWith('_ALL '));
	const gone = Object.keys(PAGE_RIGHTS).filter((name) => !pages.includes(name));
	if (stray.length + gone.length === 0) return;
	throw new Error(
		[
			...stray.map(({ name }) => `${name}: say in pageRights.ts who may open it.`),
			...gone.map((name) => `${name}: it is in pageRights.ts and not in the portal.`),
		].join('\n'),
	);
}

function asExpressHasIt(name: string): string {
	return name.replace(/\{path\}/, '*path').replace(/\{(\w+)\}/g, ':$1');
}
