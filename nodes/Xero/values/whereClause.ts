/** Xero's `where` is C#-like; every value of a user passes through {@link quoted} or a typed form. */
export function equalTo(field: string, value: string): string {
	return `${field}==${quoted(value)}`;
}

/** @param date `YYYY-MM-DD` */
export function onOrAfter(field: string, date: string): string {
	return `${field}>=${dateTime(date)}`;
}

/** @param date `YYYY-MM-DD` */
export function onOrBefore(field: string, date: string): string {
	return `${field}<=${dateTime(date)}`;
}

/** Joins conditions with AND; a user's own clause is bracketed, so that its OR stays its own. */
export function allOf(conditions: readonly string[], ownClause: string): string | undefined {
	const own = ownClause.trim();
	if (conditions.length === 0) return own === '' ? undefined : own;
	return [...conditions, ...(own === '' ? [] : [`(${own})`])].join(' AND ');
}

/** Xero does not document how to escape; a backslash is C#'s way, and keeps the value inside. */
export function quoted(value: string): string {
	return `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

function dateTime(date: string): string {
	const [year, month, day] = date.split('-');
	return `DateTime(${year},${month},${day})`;
}
