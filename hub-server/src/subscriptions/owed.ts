/**
 * The states of a delivery that its workflow is still to get. One by one where the ledger is asked for them:
 * each has an index of its own, and both together have none.
 */
export const OWED = ['waiting', 'pending'] as const;
