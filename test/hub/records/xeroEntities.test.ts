import { resources } from '../../../hub-server/sandbox/accounting/resources';
import { XERO_ENTITIES } from '../../../hub-server/src/records/xeroEntities';

const accounting = XERO_ENTITIES.filter(({ api }) => api === undefined);

it.each(
	accounting.map(({ entity, path, collection, scope }) => [entity, path ?? collection, scope]),
)('%s needs a scope that opens %s: %s', (_, name, scope) => {
	const resource = resources.find((one) => one.name === name);

	expect(resource?.scopes).toContain(scope);
});
