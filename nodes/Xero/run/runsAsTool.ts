import type { INode } from 'n8n-workflow';

/** Whether an AI agent runs the node: n8n then gives it a second type, with this ending. */
export function runsAsTool({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('Tool');
}
