export * from './eventTypes';
export * from './relayedEvent';
export * from './relaySignature';
export * from './subscription';
