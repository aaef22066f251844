/** The two databases that hold the ledger. */
export type Engine = 'sqlite' | 'postgres';
