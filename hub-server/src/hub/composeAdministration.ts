import { createAdministration, type Administration } from '../administration/createAdministration';
import { createExportClient } from '../administration/clientExport';
import { createExportSources } from '../administration/exportSources';
import type { NoteChange } from '../administration/noteChange';
import { createOffboardingStore } from '../administration/offboardingStore';
import { createAlertLedger } from '../alerts/alertLedger';
import { HUB_VERSION } from '../api/hubVersion';
import type { Clock } from '../clock';
import type { Config } from '../config/Config';
import type { LinkMigrations } from '../links/linkMigrations';
import { createEventReader } from '../events/eventReader';
import { createKnownRecords } from '../records/knownRecords';
import { createProbeTrigger } from '../relay/probeTrigger';
import { createSendSample } from '../relay/sendSample';
import type { TargetGuard } from '../relay/targetGuard';
import type { SyncSide } from '../sync/SyncSide';
import { createReadRecordNames } from '../records/recordNames';
import { createWriteReader } from '../writes/writeReader';
import type { MappingSide } from './composeMappings';
import type { XeroSide } from './composeXero';
import type { Stores } from './openStores';

/** What the API, the portal and the commands change, for each of them alike. */
export function composeAdministration(deps: {
	readonly config: Pick<Config, 'publicUrl' | 'xero' | 'quotas' | 'smtp'>;
	readonly stores: Stores;
	readonly xero: XeroSide;
	readonly targets: Pick<TargetGuard, 'checkUrl' | 'dispatcherFor'>;
	readonly sync?: SyncSide | undefined;
	/** Absent: nobody migrates links here. */
	readonly linkMigrations?: LinkMigrations | undefined;
	readonly mapping: MappingSide;
	readonly noteChange: NoteChange;
	onChannelsChanged?(): void;
	readonly now: Clock;
}): Administration {
	const { config, stores, xero, targets, noteChange, now } = deps;
	const { db } = stores.database;
	const knownRecords = createKnownRecords({ db, recordSealOf: stores.recordSealOf });
	return createAdministration({
		...stores,
		...xero,
		...deps.mapping,
		db: stores.database.db,
		knownRecords,
		sync: deps.sync,
		linkMigrations: deps.linkMigrations,
		quotas: config.quotas,
		sendsMail: config.smtp !== undefined,
		now,
		publicUrl: config.publicUrl,
		noteChange,
		offboardings: createOffboardingStore({ db, now }),
		exportClient: createExportClient({
			...stores,
			...xero,
			events: createEventReader(db),
			knownRecords,
			exportSources: createExportSources({
				...stores,
				...deps.mapping,
				writes: createWriteReader({
					...{ db, now },
					readRecordNames: createReadRecordNames({ db, recordSealOf: stores.recordSealOf }),
				}),
			}),
			hubVersion: HUB_VERSION,
			now,
		}),
		alerts: createAlertLedger({ db: stores.database.db, now }),
		onChannelsChanged: () => deps.onChannelsChanged?.(),
		appKeysChanged: () => xero.vault.appKeysChanged(),
		xeroApiUrl: config.xero.api,
		checkTarget: (workspaceId, url) => targets.checkUrl(workspaceId, url),
		probeTrigger: createProbeTrigger({ subscriptions: stores.subscriptions, targets, now }),
		sendSample: createSendSample({
			...{ targets, now, apiUrl: config.xero.api },
			db: stores.database.db,
			known: knownRecords,
			subscriptions: stores.subscriptions,
		}),
	});
}
