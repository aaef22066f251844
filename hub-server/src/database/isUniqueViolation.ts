/** Whether a write was refused because another row holds the same key (SQLSTATE 23505; SQLite's extended code 2067). */
export function isUniqueViolation(cause: unknown): boolean {
	const { code } = (cause ?? {}) as { readonly code?: unknown };
	return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE';
}
