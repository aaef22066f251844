import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repositoryRoot';
import type { Credential, N8nClient, WorkflowNode } from './n8nClient';

interface Example {
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Readonly<Record<string, unknown>>;
}

/** What the notes of a workflow tell a user to set. */
export interface Settings {
	/** By type: the one that is chosen in each node that wants one of it. */
	readonly credentials: Readonly<Record<string, Credential>>;
	/** Parameters that are changed, by node. */
	readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Imports a file of `examples/`, and does what its notes say is to set.
 *
 * @returns the id of the workflow, which is not published
 * @throws when a node that is to be set is not there, or a credential is missing
 */
export async function importExample(
	client: Pick<N8nClient, 'createWorkflow'>,
	file: string,
	{ credentials, parameters = {} }: Settings,
): Promise<string> {
	const path = join(repositoryRoot, 'examples', file);
	const example = JSON.parse(readFileSync(path, 'utf8')) as Example;
	for (const name of Object.keys(parameters)) {
		if (!example.nodes.some((node) => node.name === name)) throw new Error(`${file}: no ${name}`);
	}
	const nodes = example.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...parameters[node.name] },
		...(node.credentials && {
			credentials: Object.fromEntries(
				Object.keys(node.credentials).map((type) => {
					const chosen = credentials[type];
					if (chosen === undefined) throw new Error(`${file}: ${node.name} wants a ${type}`);
					return [type, chosen];
				}),
			),
		}),
	}));
	return await client.createWorkflow(example.name, nodes, example.connections);
}
