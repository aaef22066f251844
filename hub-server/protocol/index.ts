export * from './eventFeeds';
export * from './eventTypes';
export * from './receipt';
export * from './relayedEvent';
export * from './relaySignature';
export * from './subscription';
