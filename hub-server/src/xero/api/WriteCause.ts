/** Who asked for a write, as the caller named itself; null where it said nothing. */
export interface WriteCause {
	/** Id of the n8n workflow. */
	readonly workflow: string | null;
	/** Name of the node. */
	readonly node: string | null;
	/** As people named the workflow; absent where the caller did not say. */
	readonly workflowName?: string | null;
}

/** A push that asked for a write. */
export interface WritePush {
	/** The other system, as the push names it. */
	readonly system: string;
	readonly id: string;
}

/** n8n's ids and names of nodes are shorter. */
const MAX_NAME = 200;

/** @param header `Xero-Hub-Cause`: `<workflow>/<node>[/<name of the workflow>]`, each percent-encoded */
export function readCause(header: string | undefined): WriteCause {
	const [workflow = null, node = null, workflowName = null] = (header ?? '')
		.split('/', 3)
		.map(decoded);
	return { workflow, node, workflowName };
}

function decoded(text: string): string | null {
	try {
		return decodeURIComponent(text).slice(0, MAX_NAME) || null;
	} catch {
		return null;
	}
}
