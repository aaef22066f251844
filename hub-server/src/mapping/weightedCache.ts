/** What was read lately, of everybody; the oldest goes first where it would be too much. */
export interface WeightedCache<Value> {
	get(key: string): { readonly value: Value; readonly at: number } | undefined;
	/** @param at of when it is, on the caller's clock */
	set(key: string, value: Value, weight: number, at: number): void;
	delete(key: string): void;
}

/** @param mostWeight of all that is kept together */
export function createWeightedCache<Value>(mostWeight: number): WeightedCache<Value> {
	const entries = new Map<string, { value: Value; at: number; weight: number }>();
	let total = 0;

	function remove(key: string): void {
		total -= entries.get(key)?.weight ?? 0;
		entries.delete(key);
	}

	return {
		get: (key) => entries.get(key),
		set(key, value, weight, at) {
			remove(key);
			if (weight > mostWeight) return;
			entries.set(key, { value, at, weight });
			total += weight;
			for (const oldest of entries.keys()) {
				if (total <= mostWeight) break;
				remove(oldest);
			}
		},
		delete: remove,
	};
}
