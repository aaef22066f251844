/** Xero allows 5 calls in flight for each organisation and app; one is left to others. */
export const CALLS_IN_FLIGHT = 4;
