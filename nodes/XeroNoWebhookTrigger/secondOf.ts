/** Of the minute at which a node has its turn: spreads triggers over it. */
export function secondOf(nodeId: string): number {
	return [...nodeId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 60;
}
