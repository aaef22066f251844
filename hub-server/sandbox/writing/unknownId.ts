/** Xero's sentence for an element whose id names no record. */
export const UNKNOWN_ID = 'The document with the supplied id was not found for this endpoint.';
