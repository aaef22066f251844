import type { DocumentedResource } from './operationTable';

/** The module by which the hub knows which scope each of the nodes' operations needs. */
export function operationScopes(all: readonly DocumentedResource[]): string {
	const byScope = new Map<string, string[]>();
	for (const { name, operations } of all) {
		const needed = operations.flatMap(({ name: operation, module: { request } }) =>
			request?.scope === undefined ? [] : [{ operation, scope: request.scope }],
		);
		for (const [scope, members] of Map.groupBy(needed, (one) => one.scope)) {
			const which = members.map(({ operation }) => operation).join(', ');
			byScope.set(scope, [...(byScope.get(scope) ?? []), `${name} (${which})`]);
		}
	}
	const sorted = Object.fromEntries([...byScope].sort(([a], [b]) => (a < b ? -1 : 1)));
	return `/**
 * The least scope that each operation of the nodes needs, and the operations, resource by resource. Made from
 * the nodes themselves with \`npm run docs\`; a test fails when it differs.
 */
export const OPERATION_SCOPES: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(sorted)};
`;
}
