import type { Resource } from '../operations/defineResource';

/**
 * What n8n shows below the node's name: the words of the chosen action, such as `Get many contacts`.
 *
 * A table, because n8n evaluates a subtitle in the browser, where nothing of the node's code runs. It stays
 * flat: two closing braces would end the expression.
 */
export function subtitleOf(resources: readonly Resource[]): string {
	const words = Object.fromEntries(
		resources.flatMap(({ value, choices }) =>
			choices.map((choice) => [`${value}.${choice.value}`, choice.action]),
		),
	);
	return `={{ (${JSON.stringify(words)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;
}
