import { createHash } from 'node:crypto';

import { DataDeduplicationService } from 'n8n-core';
import type { ICheckProcessedContextData, IDataDeduplicator } from 'n8n-workflow';

/** n8n's deduplication store without its database: as `deduplication-helper` of n8n 2.41.1 keeps entries. */
export function useDeduplicationStore(): void {
	const rows = new Map<string, string[]>();
	const place = ({ workflow, node }: ICheckProcessedContextData, scope: string) => {
		if (!workflow.id) throw new Error('The workflow was never saved');
		return `${workflow.id} ${scope === 'node' ? `n:${node?.id}` : ''}`;
	};
	const hash = (value: unknown) => createHash('md5').update(String(value)).digest('base64');

	const store: IDataDeduplicator = {
		async checkProcessedAndRecord(items, scope, context) {
			const at = place(context, scope);
			const row = rows.get(at) ?? [];
			const known = new Set(row);
			const isNew = (item: unknown) => !known.has(hash(item));
			rows.set(at, [...row, ...items.filter(isNew).map(hash)]);
			return { new: items.filter(isNew), processed: items.filter((item) => !isNew(item)) };
		},
		async removeProcessed(items, scope, context) {
			const row = rows.get(place(context, scope));
			for (const item of items) {
				const index = row?.indexOf(hash(item)) ?? -1;
				if (index !== -1) row?.splice(index, 1);
			}
		},
		async clearAllProcessedItems(scope, context) {
			rows.delete(place(context, scope));
		},
		getProcessedDataCount: async (scope, context) => rows.get(place(context, scope))?.length ?? 0,
	};
	// It is made for one n8n in a process; here each engine is one.
	const service = DataDeduplicationService as unknown as {
		instance: unknown;
		new (deduplicator: IDataDeduplicator): unknown;
	};
	service.instance = new service(store);
}
