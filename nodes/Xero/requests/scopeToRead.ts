/** Scopes that read and write at once. */
const BOTH = ['bankfeeds', 'paymentservices'];

/** The least of a scope that lets a connection read. */
export function scopeToRead(scope: string): string {
	return scope.endsWith('.read') || BOTH.includes(scope) ? scope : `${scope}.read`;
}
