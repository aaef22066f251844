import type { StoredEvent } from '../../events/StoredEvent';
import type { RecordToName, Summaries } from '../../records/readSummaries';
import type { RecordSummary } from '../../records/recordSummary';
import { entityOfCategory } from '../../records/xeroEntities';
import type { DeliveryOutcome } from '../../relay/deliveryReader';
import { textOf } from '../show/texts';

/** An event as people read it in a list. */
export interface EventRow {
	readonly id: string;
	/** Such as `Invoice paid`. */
	readonly what: string;
	/** Such as `invoice.paid`. */
	readonly type: string;
	readonly tone: Tone;
	/** Such as `INV-0042 · Bayside Café`; undefined where nobody knows it. */
	readonly label: string | undefined;
	readonly amount: Amount | undefined;
	/** Of the record, such as `PAID`. */
	readonly status: string | undefined;
	readonly organisation: string;
	readonly source: 'Webhook' | 'Sync';
	/** ISO 8601, UTC. */
	readonly receivedAt: string;
	readonly dots: DeliveryDots;
}

type Tone = 'good' | 'bad' | 'warn' | 'info' | '';

export interface Amount {
	readonly value: string;
	readonly currency: string;
}

/** What became of an event's deliveries, each to one workflow: the last that was sent there counts. */
export interface DeliveryDots {
	readonly dots: readonly Tone[];
	/** Not drawn. */
	readonly more: number;
	/** Such as `2 delivered, 1 failed`. */
	readonly words: string;
}

const DOTS_SHOWN = 6;

/** @param place `nameOf`: of the organisation */
export function eventRow(
	event: StoredEvent,
	place: {
		readonly summaries: Summaries;
		readonly outcomes: readonly DeliveryOutcome[];
		nameOf(tenantId: string): string;
	},
): EventRow {
	const type = eventType(event);
	const summary = place.summaries.of(toName(event));
	return {
		...{ id: event.id, type, tone: toneOf(type), what: textOf.words(type) },
		label: summaryLabel(summary),
		amount: amountOf(summary),
		status: summary?.status ?? undefined,
		organisation: place.nameOf(event.tenantId),
		source: event.source === 'sync' ? 'Sync' : 'Webhook',
		receivedAt: textOf.iso(event.receivedAt),
		dots: deliveryDots(place.outcomes),
	};
}

/** The most telling that is known of it. */
export function eventType({
	types,
	category,
	change,
}: Pick<StoredEvent, 'types' | 'category' | 'change'>): string {
	const entity = entityOfCategory(category)?.entity ?? category.toLowerCase();
	return types[0] ?? `${entity}.${change}`;
}

export function toName(event: StoredEvent): RecordToName {
	const { tenantId, category, resourceId: id, record, receivedAt: changedAt } = event;
	return { tenantId, category, id, record, changedAt };
}

export function summaryLabel(summary: RecordSummary | undefined): string | undefined {
	const label = [summary?.number, summary?.name].filter(Boolean).join(' · ');
	return label === '' ? undefined : label;
}

export function amountOf(summary: RecordSummary | undefined): Amount | undefined {
	if (summary?.amount == null) return undefined;
	return { value: textOf.amount(summary.amount), currency: summary.currency ?? '' };
}

const BECAME: Readonly<Record<string, Tone>> = {
	...{ paid: 'good', accepted: 'good', delivered: 'good', created: 'info' },
	...{ overdue: 'warn', declined: 'warn', voided: 'bad', deleted: 'bad', rejected: 'bad' },
};

function toneOf(type: string): Tone {
	return BECAME[type.slice(type.lastIndexOf('.') + 1)] ?? '';
}

const OUTCOMES = {
	delivered: ['good', 'delivered'],
	dead: ['bad', 'failed'],
	pending: ['info', 'pending'],
	waiting: ['info', 'pending'],
	filtered: ['', 'not sent'],
	cancelled: ['', 'cancelled'],
} as const satisfies Record<DeliveryOutcome['status'], readonly [Tone, string]>;

/** @param outcomes the newest first */
export function deliveryDots(outcomes: readonly DeliveryOutcome[]): DeliveryDots {
	const last = new Map<string, DeliveryOutcome>();
	for (const one of outcomes) if (!last.has(one.subscriptionId)) last.set(one.subscriptionId, one);
	const ended = [...last.values()].map(({ status }) => OUTCOMES[status]);
	const counts = Map.groupBy(ended, ([, word]) => word);
	const words = [...counts].map(([word, { length }]) => `${textOf.count(length)} ${word}`);
	return {
		dots: ended.slice(0, DOTS_SHOWN).map(([tone]) => tone),
		more: Math.max(0, ended.length - DOTS_SHOWN),
		words: words.length === 0 ? 'no workflow listened' : words.join(', '),
	};
}
