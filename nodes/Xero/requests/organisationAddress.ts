/** Below Xero's host; the address is singular, the array in the answer plural. */
export const ORGANISATION_PATH = 'api.xro/2.0/Organisation';
export const ORGANISATIONS = 'Organisations';

/** Needed to read it. */
export const ORGANISATION_SCOPE = 'accounting.settings';
