import { statfs } from 'node:fs/promises';
import { Agent } from 'undici';
import type { AlertLedger } from '../alerts/alertLedger';
import type { Clock, Uptime } from '../clock';
import type { Config } from '../config/Config';
import type { Log } from '../Log';
import type { AlertChannel, AlertTarget } from '../notices/AlertChannel';
import { loadMailer } from '../notices/loadMailer';
import type { Notice } from '../notices/Notice';
import { startNoticeKeeper } from '../notices/noticeKeeper';
import { createNoticeLedger } from '../notices/noticeLedger';
import { noticeText } from '../notices/noticeText';
import { sendNotice } from '../notices/sendNotice';
import { watchDayBudgets } from '../notices/watchDayBudgets';
import { watchDisk } from '../notices/watchDisk';
import { watchWebhooks } from '../notices/watchWebhooks';
import type { TargetGuard } from '../relay/targetGuard';
import { createHubLease } from '../work/hubLease';
import { startRunLoop, type Next } from '../work/runLoop';
import type { XeroSide } from './composeXero';
import type { Stores } from './openStores';

/** Finds what shows only over time, and tells alerts outside of the portal. */
export interface Notices {
	/** There may be somebody to tell: a channel is new. */
	ring(): void;
	/** Resolves once what is open and due now was told, or refused. */
	settled(): Promise<void>;
	/** Tells nothing more, and waits for what is being told. */
	stop(): Promise<void>;
}

const WATCH_EVERY_MS = 10 * 60_000;

const WATCH_LEASE_MS = 5 * 60_000;

/** Longer than a look and the slowest mail after it. */
const NOTICE_LEASE_MS = 180_000;

export function startNotices(deps: {
	readonly config: Pick<Config, 'alertWebhook' | 'smtp' | 'publicUrl' | 'dataDir' | 'databaseUrl'>;
	readonly stores: Pick<Stores, 'database' | 'workspaces' | 'alertChannels'>;
	readonly xero: Pick<XeroSide, 'connections' | 'readDayBudgets'>;
	readonly targets: Pick<TargetGuard, 'dispatcherFor'>;
	readonly alerts: Pick<AlertLedger, 'findOpen'>;
	readonly log: Pick<Log, 'warn' | 'error'>;
	readonly now: Clock;
	readonly uptime: Uptime;
}): Notices {
	const { config, stores, xero, targets, alerts, log, now, uptime } = deps;
	const { db } = stores.database;
	const { alertWebhook, smtp, publicUrl } = config;
	const mailer = smtp && loadMailer(smtp);
	// The operator's own address, wherever it is: nobody else sets it.
	const anywhere = new Agent();

	async function tell(notice: Notice, channel: AlertChannel | undefined) {
		const workspace = await stores.workspaces.find(notice.workspaceId);
		const text = noticeText(notice, { workspace, publicUrl });
		const dispatcherFor = async (url: string) =>
			channel === undefined ? anywhere : targets.dispatcherFor(notice.workspaceId, url);
		const target = channel ?? (alertWebhook && operatorTarget(alertWebhook));
		if (target === undefined) return 'HUB_ALERT_WEBHOOK is not set any more.';
		return sendNotice(notice, text, target, dispatcherFor, { mailer, now });
	}

	const noticeLease = createHubLease({
		db,
		name: 'alert_notices',
		durationMs: NOTICE_LEASE_MS,
		now,
	});
	const keeper = startNoticeKeeper({
		alerts,
		ledger: createNoticeLedger({ db, now }),
		channels: stores.alertChannels,
		hasOperator: alertWebhook !== undefined,
		lease: noticeLease,
		tell,
		onUntold: ({ channelId, kind, attempt }, reason) =>
			log.warn({ channel: channelId, kind, attempt, reason }, 'An alert could not be told.'),
		onFault: (cause) => log.error({ err: cause }, 'Telling alerts failed; it goes on.'),
		uptime,
	});

	const watchLease = createHubLease({
		db,
		name: 'alert_watch',
		durationMs: WATCH_LEASE_MS,
		now,
	});
	async function watch(): Promise<Next> {
		if (!(await watchLease.hold())) return 'rest';
		const at = now();
		await watchWebhooks({ db, connections: xero.connections }, at);
		await watchDayBudgets({ db, ...xero }, at);
		if (config.databaseUrl === undefined) {
			const { bavail, bsize } = await statfs(config.dataDir);
			await watchDisk(db, bavail * bsize, at);
		}
		keeper.ring();
		return 'rest';
	}
	const watching = startRunLoop({
		take: watch,
		restMs: () => WATCH_EVERY_MS,
		onFault: (cause) => log.error({ err: cause }, 'Looking for alerts failed; it goes on.'),
		elapsed: uptime,
	});

	return {
		ring: () => keeper.ring(),
		async settled() {
			await watching.settled();
			await keeper.settled();
		},
		async stop() {
			await Promise.all([watching.stop(), keeper.stop()]);
			await Promise.all([watchLease.release(), noticeLease.release()]);
			mailer?.close();
			await anywhere.close();
		},
	};
}

/** Slack's own address, and what others offer under that name. */
function operatorTarget({ url, secret }: NonNullable<Config['alertWebhook']>): AlertTarget {
	const { hostname, pathname } = new URL(url);
	const isSlack = hostname === 'hooks.slack.com' || pathname.endsWith('/slack');
	return isSlack ? { kind: 'slack', url } : { kind: 'webhook', url, secret };
}
