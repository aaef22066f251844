const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})T00:00:00$/;
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;

/**
 * A copy of a record of Payroll 2.0 in which days are days and instants say that they are UTC, as
 * `readXeroDates` does it for the `/Date(…)/` of 1.0: `2019-02-07T00:00:00` becomes `2019-02-07`, and in
 * a field that ends in `UTC` gets its `Z`.
 */
export function readPayrollDates<T>(value: T): T;
export function readPayrollDates(value: unknown): unknown {
	return convert('', value);
}

function convert(key: string, value: unknown): unknown {
	if (typeof value === 'string') {
		if (key.endsWith('UTC')) return WITHOUT_ZONE.test(value) ? `${value}Z` : value;
		return value.replace(MIDNIGHT, '$1');
	}
	if (Array.isArray(value)) return value.map((element) => convert(key, element));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([name, member]) => [name, convert(name, member)]),
		);
	}
	return value;
}
