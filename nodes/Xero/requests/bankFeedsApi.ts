/** Bank Feeds 1.0, below Xero's host. Version 2.0 has feed connections only and is for partners. */
export const BANK_FEEDS_PATH = 'bankfeeds.xro/1.0';

/** Xero gives it to apps that it has approved; there is no `.read` form. */
export const BANK_FEEDS_SCOPE = 'bankfeeds';

/** Ten unless asked; 100 is the most that Xero's examples ask for. */
export const FEED_PAGE = ['pageSize', 100] as const;
