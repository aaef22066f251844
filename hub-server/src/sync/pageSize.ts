/** Xero's largest pages (OpenAPI 16.1.0); those of Quotes have one size, and of statements it tells no largest. */
export const PAGE_SIZE = { sized: 1_000, fixed: 100, pages: 100 } as const;
