import type { Response } from 'express';
import type { Actor } from '../../administration/Actor';
import type { PortalUser } from '../access/PortalUser';
import type { Session } from '../access/sessionStore';
import type { Workspace } from '../../workspaces/workspaceStore';

/** Who asks for a page, from which browser. */
export interface Visit {
	readonly user: PortalUser | undefined;
	/** Of that person, in this browser. */
	readonly session: Session | undefined;
	/** The cookie that the browser's forms are bound to. */
	readonly cookie: string;
}

interface PortalLocals {
	visit: Visit;
	workspace?: Workspace;
	openAlerts?: number;
}

export function visitOf(response: Response): Visit {
	return (response.locals as PortalLocals).visit;
}

export function setVisit(response: Response, visit: Visit): void {
	(response.locals as PortalLocals).visit = visit;
}

/** The person of a page behind the sign-in. */
export function userOf(response: Response): PortalUser {
	const { user } = visitOf(response);
	if (user === undefined) throw new Error('This page is reached without a sign-in.');
	return user;
}

/** In which the page behind the sign-in is asked for. */
export function sessionOf(response: Response): Session {
	const { session } = visitOf(response);
	if (session === undefined) throw new Error('This page is reached without a sign-in.');
	return session;
}

/** Who makes a change on a page, as the audit log names them. */
export function actorOf(response: Response): Actor {
	return { name: userOf(response).email };
}

/** Undefined where the page is about none, or none that the person may see. */
export function pageWorkspaceIfAny(response: Response): Workspace | undefined {
	return (response.locals as PortalLocals).workspace;
}

/** The workspace of a page below `/w/{slug}`. */
export function pageWorkspace(response: Response): Workspace {
	const workspace = pageWorkspaceIfAny(response);
	if (workspace === undefined) throw new Error('This page is about no workspace.');
	return workspace;
}

/** @param openAlerts how many of it are open, for the bell */
export function setPageWorkspace(
	response: Response,
	workspace: Workspace,
	openAlerts: number,
): void {
	Object.assign(response.locals, { workspace, openAlerts } satisfies Partial<PortalLocals>);
}

/** Of the page's workspace; 0 where the page is about none. */
export function openAlertsOf(response: Response): number {
	return (response.locals as PortalLocals).openAlerts ?? 0;
}
