import { z } from 'zod';
import { EXPORT_TYPE, writeExport } from '../administration/exportStream';
import type { OffboardingChanges } from '../administration/offboardingChanges';
import type { Offboarding } from '../administration/offboardingStore';
import { defineCall, defineRawCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import { NO_TOKEN, UNKNOWN } from './refusals';
import { nullableTime } from './times';

export interface OffboardingCallsDeps {
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly offboardingChanges: OffboardingChanges;
}

const ofOrganisation = z.object({
	tenantId: z.string().optional().describe('the organisation; the whole workspace when absent'),
});

export const OffboardingWish = z.object({
	tenantId: z.string().optional().describe('the organisation; the whole workspace when absent'),
	confirm: z.string().describe('the name of what goes, as the hub shows it'),
	withoutExport: z.boolean().default(false).describe('nobody wants an export'),
	leaveAtXero: z
		.boolean()
		.default(false)
		.describe('go on where Xero cannot be reached; somebody disconnects the app there by hand'),
});

const OffboardingAnswer = z.object({
	tenantId: z.string().nullable(),
	name: z.string(),
	status: z.enum(['begun', 'deleting', 'finished']),
	atXero: z.enum(['gone', 'shared', 'left']).nullable().describe('left: still connected there'),
	exportedAt: nullableTime,
	startedAt: nullableTime,
	finishedAt: nullableTime,
	error: z.string().nullable().describe('why it does not go on; call again'),
});

const StandingAnswer = z.object({
	tenantId: z.string().nullable(),
	name: z.string().describe('what `confirm` has to say'),
	organisations: z.array(z.object({ tenantId: z.string(), name: z.string().nullable() })),
	workflows: z.object({
		ending: z.number().describe('that hear of nothing else'),
		changed: z.number().describe('that go on with other organisations'),
	}),
	isExported: z.boolean().describe('whether an export was read to its end in the last 24 hours'),
	last: OffboardingAnswer.nullable(),
});

/** `/api/v1/workspaces/{slug}/offboarding` and `…/export`: a client leaves. */
export function createOffboardingCalls({ workspaces, offboardingChanges }: OffboardingCallsDeps) {
	return groupCalls('Workspaces', [
		defineCall({
			method: 'get',
			path: '/api/v1/workspaces/{slug}/offboarding',
			access: 'admin',
			summary: 'What would go if the client left, and how far that is',
			query: ofOrganisation,
			status: 200,
			answer: StandingAnswer,
			refusals: UNKNOWN,
			async handle({ params, query }) {
				const workspace = await workspaces.get(params.slug);
				const { leaving, last, isExported, organisations, workflows } =
					await offboardingChanges.look(workspace, query.tenantId ?? null);
				return {
					tenantId: leaving.tenantId,
					name: leaving.name,
					organisations: organisations.map(({ tenantId, tenantName }) => ({
						tenantId,
						name: tenantName,
					})),
					workflows,
					isExported,
					last: last === undefined ? null : show(last),
				};
			},
		}),
		defineRawCall({
			method: 'get',
			path: '/api/v1/workspaces/{slug}/export',
			access: 'admin',
			summary: 'Everything that the hub holds of a client, as gzipped JSON lines',
			description:
				'The first line says whose it is, the last how many there were of each kind: without that one the file was cut short. No secrets. Written into the audit log.',
			query: ofOrganisation,
			status: 200,
			answer: EXPORT_TYPE,
			refusals: UNKNOWN,
			audit: 'client.exported',
			async respond(request, response, { by, params, query }) {
				const workspace = await workspaces.get(params.slug);
				const made = await offboardingChanges.export(by, workspace, query.tenantId ?? null);
				response.set({
					'Content-Type': EXPORT_TYPE,
					'Content-Disposition': `attachment; filename="${made.fileName}"`,
					'Cache-Control': 'no-store',
				});
				if (request.method === 'HEAD') {
					// Nothing of it is read.
					response.end();
					return;
				}
				try {
					await writeExport(made.lines, response);
				} catch (cause) {
					if (!response.headersSent) throw cause;
					// The reader sees a connection that broke, and no last line.
					response.destroy();
					return;
				}
				await made.made();
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/workspaces/{slug}/offboarding',
			access: 'admin',
			summary: 'Disconnects a client at Xero and deletes everything that is held of it',
			description:
				'An organisation, or the whole workspace with all of them. Deleting goes on behind the answer. Called again it goes on where it was; what is over stays over. The audit log stays.',
			body: OffboardingWish,
			status: 200,
			answer: OffboardingAnswer,
			refusals: {
				...UNKNOWN,
				...NO_TOKEN,
				409: 'No export was made (`export_first`)',
				502: 'Xero cannot be reached: the organisation is switched off, and nothing was deleted',
			},
			audit: 'client.offboarded',
			async handle({ by, params, body: { tenantId, ...wish } }) {
				const wanted = { ...wish, tenantId: tenantId?.toLowerCase() ?? null };
				return show(await offboardingChanges.offboard(by, params.slug, wanted));
			},
		}),
	]);
}

function show(one: Offboarding) {
	const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
	const { tenantId, name, atXero, error, isPurging } = one;
	const status: 'begun' | 'deleting' | 'finished' =
		one.finishedAt === null ? 'begun' : isPurging ? 'deleting' : 'finished';
	return {
		...{ tenantId, name, status, atXero, error },
		exportedAt: iso(one.exportedAt),
		startedAt: iso(one.startedAt),
		finishedAt: iso(one.finishedAt),
	};
}
