import { comparable } from '../../protocol/xero';

/**
 * How alike two names are, from 0 to 1: the share of letter pairs that they have in common (Dice's coefficient). Neither the
 * order of words nor a misspelt letter makes them strangers.
 */
export function likeness(one: string, other: string): number {
	const [a, b] = [pairsOf(one), pairsOf(other)];
	const total = a.length + b.length;
	if (total === 0) return comparable(one) === comparable(other) ? 1 : 0;
	const left = new Map<string, number>();
	for (const pair of a) left.set(pair, (left.get(pair) ?? 0) + 1);
	let common = 0;
	for (const pair of b) {
		const count = left.get(pair) ?? 0;
		if (count === 0) continue;
		common += 1;
		left.set(pair, count - 1);
	}
	return (2 * common) / total;
}

function pairsOf(text: string): readonly string[] {
	const words = comparable(text)
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '');
	return words.flatMap((word) => {
		// The ends of a word count, so that one of a single letter has pairs too.
		const marked = ` ${word} `;
		return Array.from({ length: marked.length - 1 }, (_, at) => marked.slice(at, at + 2));
	});
}
