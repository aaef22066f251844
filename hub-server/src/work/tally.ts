/** How much of something each has at this moment, in one process. */
export interface Tally {
	of(name: string): number;
	/** @returns takes it away again, once */
	add(name: string, amount: number): () => void;
	readonly total: number;
}

export function createTally(): Tally {
	const amounts = new Map<string, number>();
	let total = 0;

	function change(name: string, by: number): void {
		const left = (amounts.get(name) ?? 0) + by;
		total += by;
		if (left > 0) amounts.set(name, left);
		else amounts.delete(name);
	}

	return {
		of: (name) => amounts.get(name) ?? 0,
		add(name, amount) {
			change(name, amount);
			let isThere = true;
			return () => {
				if (isThere) change(name, -amount);
				isThere = false;
			};
		},
		get total() {
			return total;
		},
	};
}
