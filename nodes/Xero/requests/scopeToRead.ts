/** The least of a scope that lets a connection read. Bank feeds have one scope for both. */
export function scopeToRead(scope: string): string {
	return scope.endsWith('.read') || scope === 'bankfeeds' ? scope : `${scope}.read`;
}
