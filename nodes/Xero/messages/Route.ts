/** The way that messages take: through the hub, or straight to Xero. */
export type Route = 'hub' | 'direct';
