import { findEntity, type XeroEntity } from '../records/xeroEntities';

const HOUR = 3600;

/** What is kept up to date from the moment an organisation is connected; the others wait to be asked for. */
export const STARTING_STREAMS: readonly {
	readonly entity: XeroEntity;
	readonly everySeconds: number;
}[] = [
	{ entity: 'contact', everySeconds: HOUR },
	{ entity: 'invoice', everySeconds: HOUR },
	{ entity: 'payment', everySeconds: HOUR },
	{ entity: 'account', everySeconds: 6 * HOUR },
	{ entity: 'tax_rate', everySeconds: 6 * HOUR },
	{ entity: 'item', everySeconds: 6 * HOUR },
].flatMap(({ entity: name, everySeconds }) => {
	const entity = findEntity(name);
	return entity === undefined ? [] : [{ entity, everySeconds }];
});

/** Of a stream that nobody gave a plan. */
export const USUAL_PLAN = { everySeconds: HOUR };
