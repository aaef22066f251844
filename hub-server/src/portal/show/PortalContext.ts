import type { RequestHandler } from 'express';
import type { NoteChange } from '../../administration/noteChange';
import type { Clock } from '../../clock';
import type { AlertLedger } from '../../alerts/alertLedger';
import type { WorkspaceStore } from '../../workspaces/workspaceStore';
import type { JoinLinks } from '../access/joinLinks';
import type { KnownBrowsers } from '../access/knownBrowsers';
import type { Passkeys } from '../access/passkeys';
import type { PasskeyStore } from '../access/passkeyStore';
import type { SecondFactors } from '../access/secondFactors';
import type { SessionStore } from '../access/sessionStore';
import type { SignInSteps } from '../access/signInSteps';
import type { SignInTries } from '../access/signInTries';
import type { TellPerson } from '../access/tellPerson';
import type { UserStore } from '../access/userStore';
import type { AuditLog } from '../../audit/auditLog';
import type { PortalCookies } from './portalCookies';

/** What the portal's pages share. */
export interface PortalContext {
	readonly users: UserStore;
	readonly sessions: SessionStore;
	readonly steps: SignInSteps;
	readonly factors: SecondFactors;
	readonly passkeys: Passkeys;
	readonly passkeyStore: PasskeyStore;
	/** Lets a page pass only where the person has proved who they are within the last minutes. */
	readonly confirmAnew: RequestHandler;
	/** As `confirmAnew`, for a form that holds secrets: it is not sent again, but filled in again. */
	readonly confirmFirst: RequestHandler;
	/** Before what a stranger may ask for without a password: by where they come from. */
	readonly limitOpenings: RequestHandler;
	readonly links: JoinLinks;
	readonly tries: SignInTries;
	readonly browsers: KnownBrowsers;
	readonly audit: AuditLog;
	readonly noteChange: NoteChange;
	/** Absent: this hub sends no mail. */
	readonly tellPerson?: TellPerson | undefined;
	readonly alerts: Pick<AlertLedger, 'listOpen' | 'openEverywhere'>;
	/** Whether people may sign in by password. */
	readonly takesPasswords: boolean;
	/** What the provider of OpenID Connect is called; absent: there is none. */
	readonly oidcName?: string | undefined;
	readonly cookies: PortalCookies;
	readonly workspaces: WorkspaceStore;
	/** Without a trailing slash. */
	readonly publicUrl: string;
	readonly now: Clock;
}
