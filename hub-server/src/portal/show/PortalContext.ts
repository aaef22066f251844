import type { Clock } from '../../clock';
import type { AlertLedger } from '../../alerts/alertLedger';
import type { WorkspaceStore } from '../../workspaces/workspaceStore';
import type { JoinLinks } from '../access/joinLinks';
import type { KnownBrowsers } from '../access/knownBrowsers';
import type { SessionStore } from '../access/sessionStore';
import type { SignInTries } from '../access/signInTries';
import type { UserStore } from '../access/userStore';
import type { AuditLog } from '../../audit/auditLog';
import type { PortalCookies } from './portalCookies';

/** What the portal's pages share. */
export interface PortalContext {
	readonly users: UserStore;
	readonly sessions: SessionStore;
	readonly links: JoinLinks;
	readonly tries: SignInTries;
	readonly browsers: KnownBrowsers;
	readonly audit: AuditLog;
	readonly alerts: Pick<AlertLedger, 'listOpen' | 'openEverywhere'>;
	readonly cookies: PortalCookies;
	readonly workspaces: WorkspaceStore;
	/** Without a trailing slash. */
	readonly publicUrl: string;
	readonly now: Clock;
}
