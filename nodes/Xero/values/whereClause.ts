/** Xero's `where` is C#-like; every value of a user passes through {@link quoted} or a typed form. */
export function equalTo(field: string, value: string): string {
	return `${field}==${quoted(value)}`;
}

/**
 * The records whose name is the same to Xero, as far as its filters can say so: `where` compares blanks one
 * by one, so that a name with repeated ones is also sought without.
 */
export function sameName(field: string, name: string): string {
	const plain = name.trim().replace(/\s+/g, ' ');
	return [...new Set([name, plain])].map((one) => equalTo(field, one)).join(' OR ');
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

/**
 * A text of Xero's filter language, which is Microsoft's Dynamic LINQ: a quote inside is doubled, and a
 * backslash is an ordinary character (`\"` is a syntax error: Xero-Java#347, xeroizer#160).
 */
export function quoted(value: string): string {
	return `"${value.replace(/"/g, '""')}"`;
}

function dateTime(date: string): string {
	const [year, month, day] = date.split('-');
	return `DateTime(${year},${month},${day})`;
}
