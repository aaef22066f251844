import type { DocumentedCall } from '../support/hubCalls';

const INTRODUCTION = `# Who may do what

Every call of the hub's API, and what it asks of whoever makes it. The table is made from the calls' own declarations (\`npm run docs\`);
a test holds it against them and walks every call with every scope. A call that is not in it is refused.

- **Who**: \`anybody\`; the operator's \`admin\` key (\`xha_…\`); or an \`API key\` (\`xhk_…\`) with the scope that is named. An admin key
  with \`X-Workspace\` may do what an API key may.
- **A key for some organisations**: \`its own\` sees and changes those only; \`refused\`: the call cannot be held to some;
  \`–\`: it is about none.
- **Write policy**: whether what automation may write into the organisation decides too.

| Call | Who | Scope | A key for some organisations | Write policy |
| --- | --- | --- | --- | --- |
`;

const ORGANISATIONS = { path: 'its own', narrowed: 'its own', untouched: '–', all: 'refused' };

/** Calls that write to Xero: their body is judged by what automation may write into the organisation. */
const JUDGED: readonly string[] = [
	...['post', 'put', 'patch', 'delete'].map((method) => `${method} /api/v1/xero/{tenantId}/{path}`),
	...['post /api/v1/pushes', 'post /api/v1/pushes/{id}/retry', 'post /api/v1/pushes/{id}/undo'],
	'post /api/v1/pushes/{id}/items/{externalId}/resolve',
	'post /api/v1/mappings/{tenantId}/accounts',
];

/** The page, from what the calls declare. @throws Error where a call is named that is not there */
export function whoMayWhat(calls: readonly DocumentedCall[]): string {
	const names = calls.map(({ method, path }) => `${method} ${path}`);
	const gone = JUDGED.filter((name) => !names.includes(name));
	if (gone.length > 0) throw new Error(`There is no ${gone.join(', ')}.`);
	const rows = calls.map(({ method, path, access, needs }) => [
		`\`${method.toUpperCase()} ${path}\``,
		access === 'public' ? 'anybody' : access === 'admin' ? 'admin' : 'API key',
		needs === undefined ? '–' : needs.scope === 'any' ? 'any' : `\`${needs.scope}\``,
		needs === undefined ? '–' : ORGANISATIONS[needs.organisations],
		JUDGED.includes(`${method} ${path}`) ? 'decides' : '–',
	]);
	return INTRODUCTION + rows.map((row) => `| ${row.join(' | ')} |\n`).join('');
}
