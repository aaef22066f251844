import type { AlertLedger } from '../alerts/alertLedger';
import type { Uptime } from '../clock';
import type { HubLease } from '../work/hubLease';
import { startRunLoop, type Next, type Rest, type RunLoop } from '../work/runLoop';
import type { AlertChannel } from './AlertChannel';
import type { ChannelStore } from './channelStore';
import { OPERATOR, type Notice } from './Notice';
import type { Listener, NoticeLedger } from './noticeLedger';

/** Tells the channels what is news, until stopped. */
export type NoticeKeeper = Pick<RunLoop, 'ring' | 'settled' | 'stop'>;

export interface NoticeKeeperDeps {
	readonly alerts: Pick<AlertLedger, 'findOpen'>;
	readonly ledger: NoticeLedger;
	readonly channels: Pick<ChannelStore, 'all' | 'open'>;
	readonly hasOperator: boolean;
	readonly lease: HubLease;
	/** @param channel undefined: the operator's. @returns why it was not taken */
	tell(notice: Notice, channel: AlertChannel | undefined): Promise<string | undefined>;
	onUntold(notice: Notice, reason: string): void;
	onFault(cause: unknown): void;
	readonly uptime: Uptime;
	readonly rest?: Rest | undefined;
}

/** How late an alert is told at most, while its channel takes it. */
const LOOK_EVERY_MS = 15_000;

/** At a time: waiting for a receiver is cheap, and a slow one must not be waited for by all. */
const AT_A_TIME = 50;

export function startNoticeKeeper(deps: NoticeKeeperDeps): NoticeKeeper {
	const { alerts, ledger, channels, lease } = deps;

	async function listeners(): Promise<Listener[]> {
		const own = await channels.all();
		return [
			...(deps.hasOperator ? [{ channelId: OPERATOR, workspaceId: 'all' }] : []),
			...own.map(({ id, workspaceId }) => ({ channelId: id, workspaceId })),
		];
	}

	async function tellOne(notice: Notice, channel: AlertChannel | undefined): Promise<void> {
		const error =
			channel === undefined && notice.channelId !== OPERATOR
				? 'The channel was removed.'
				: await deps.tell(notice, channel);
		await ledger.finish(notice, error);
		if (error !== undefined) deps.onUntold(notice, error);
	}

	async function look(): Promise<Next> {
		if (!(await lease.hold())) return 'rest';
		const listening = await listeners();
		await ledger.compare(listening.length === 0 ? [] : await alerts.findOpen(), listening);
		const due = await ledger.due(AT_A_TIME);
		const opened = await channels.open(
			due.map(({ channelId }) => channelId).filter((id) => id !== OPERATOR),
		);
		const byId = new Map(opened.map((channel) => [channel.id, channel]));
		await Promise.all(due.map((notice) => tellOne(notice, byId.get(notice.channelId))));
		return due.length === AT_A_TIME ? 'again' : 'rest';
	}

	return startRunLoop({
		take: look,
		restMs: () => LOOK_EVERY_MS,
		onFault: deps.onFault,
		rest: deps.rest,
		elapsed: deps.uptime,
	});
}
