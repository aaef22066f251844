import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { writeExport } from '../administration/exportStream';
import type { OffboardingChanges, OffboardingStanding } from '../administration/offboardingChanges';
import type { Workspace } from '../workspaces/workspaceStore';
import { InvalidRequestError, NotFoundError } from '../errors/requestErrors';
import type { Offboarding } from '../administration/offboardingStore';
import { connectionName } from '../xero/connections/connectionName';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import { COMMAND_LINE } from './openAdministration';

export interface OffboardOptions {
	/** Its id or name; absent: the whole workspace. */
	readonly organisation?: string;
	/** Where an export is written first. */
	readonly export?: string;
	/** The name of what goes; absent: nothing goes. */
	readonly confirm?: string;
	readonly withoutExport?: boolean;
	readonly leaveAtXero?: boolean;
}

export interface OffboardOutcome {
	readonly deleted: boolean;
	readonly exportedTo: string | undefined;
	readonly name?: string;
	readonly atXero?: Offboarding['atXero'];
}

/** Says what will happen, exports, and with the name confirmed carries it out. */
export async function offboard(
	deps: {
		readonly workspaces: Pick<WorkspaceStore, 'get'>;
		readonly connections: Pick<ConnectionRows, 'list'>;
		readonly offboardingChanges: OffboardingChanges;
	},
	slug: string,
	options: OffboardOptions,
	print: (line: string) => void,
): Promise<OffboardOutcome> {
	const { workspaces, connections, offboardingChanges } = deps;
	const workspace = await workspaces.get(slug).catch((cause: unknown) => {
		if (cause instanceof NotFoundError && options.confirm !== undefined) return undefined;
		throw cause;
	});
	const held = workspace === undefined ? [] : await connections.list(workspace.id);
	const tenantId = tenantOf(held, options.organisation);
	let exportedTo: string | undefined;
	if (workspace !== undefined) {
		for (const line of await describe(offboardingChanges, workspace, tenantId)) print(line);
		if (options.export !== undefined) {
			await exportTo(options.export, offboardingChanges, workspace, tenantId);
			print(`Exported to ${options.export}.`);
			exportedTo = options.export;
		}
	}
	if (options.confirm === undefined) {
		print('Nothing was deleted. Say --confirm "<name>" to go on.');
		return { deleted: false, exportedTo };
	}
	const { name, atXero } = await offboardingChanges.offboard(COMMAND_LINE, slug, {
		tenantId,
		confirm: options.confirm,
		withoutExport: options.withoutExport === true,
		leaveAtXero: options.leaveAtXero === true,
	});
	print(`${name} is off-boarded. What is kept of it is being deleted while the hub runs.`);
	if (atXero === 'left') {
		print('It is still connected at Xero: disconnect the app there, under Connected apps.');
	}
	return { deleted: true, exportedTo, name, atXero };
}

/** By id, or by a name that one organisation has; an id of one that is gone may be of one that was off-boarded. */
function tenantOf(held: readonly Connection[], named: string | undefined): string | null {
	if (named === undefined) return null;
	const byName = held.filter((one) => connectionName(one) === named);
	if (byName.length > 1) {
		throw new InvalidRequestError(
			`Several organisations are called "${named}": name one by its id.`,
		);
	}
	return byName[0]?.tenantId ?? named.toLowerCase();
}

async function describe(
	offboardingChanges: OffboardingChanges,
	workspace: Workspace,
	tenantId: string | null,
): Promise<readonly string[]> {
	const standing: OffboardingStanding = await offboardingChanges.look(workspace, tenantId);
	const { leaving, organisations, workflows, isExported } = standing;
	const what = tenantId === null ? `the workspace ${workspace.slug}` : 'an organisation';
	return [
		`Off-board ${leaving.name}, ${what}:`,
		`  disconnected at Xero   ${organisations.map(connectionName).join(', ') || 'nothing'}`,
		`  triggers that end      ${workflows.ending}`,
		`  deleted                records, events, deliveries, links, mappings, pushes, writes`,
		`  export                 ${isExported ? 'made in the last 24 hours' : 'not made'}`,
	];
}

/** Under another name until it is whole: a file that is there is a good one. */
async function exportTo(
	file: string,
	offboardingChanges: OffboardingChanges,
	workspace: Workspace,
	tenantId: string | null,
): Promise<void> {
	const made = await offboardingChanges.export(COMMAND_LINE, workspace, tenantId);
	const part = `${file}.part`;
	await writeExport(made.lines, createWriteStream(part, { mode: 0o600 }));
	await rename(part, file);
	await made.made();
}
