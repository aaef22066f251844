/** A record in Xero's own shape, or a part of one. */
export type XeroRecord = Readonly<Record<string, unknown>>;
