import { Router, type Response } from 'express';
import { z } from 'zod';
import { NewChannel } from '../../administration/alertChannelRequests';
import { HubError } from '../../errors/HubError';
import type { ChannelView } from '../../notices/AlertChannel';
import { askFirst, isConfirmed } from '../show/askFirst';
import { EMPTY_FORM, readForm, typedValues, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { WorkspacePages } from './workspacePages';

const channelsPage = pageTemplate<{
	at: string;
	channels: readonly ChannelView[];
	form: FormState;
	/** Of the webhook that was just made; shown this once. */
	secret: string | undefined;
	sendsMail: boolean;
}>('alertChannels');

/** A form has one field for where it goes, whatever that is. */
const ChannelForm = z
	.object({
		kind: z.enum(['webhook', 'slack', 'email'], { error: 'choose how alerts are told' }),
		target: z.string().trim().min(1, 'say where alerts go').max(2_000),
	})
	.transform(({ kind, target }, context) => {
		const wish = kind === 'email' ? { kind, to: target.split(/[\s,;]+/) } : { kind, url: target };
		const read = NewChannel.safeParse(wish);
		if (read.success) return read.data;
		const message = read.error.issues[0]?.message ?? 'cannot be used';
		context.addIssue({ code: 'custom', path: ['target'], message });
		return z.NEVER;
	});

type AlertChannelPagesDeps = Pick<
	WorkspacePages,
	'alertChannels' | 'alertChannelChanges' | 'sendsMail'
>;

/** `/w/{slug}/alert-channels`: where alerts go besides these pages. For owners. */
export function createAlertChannelPages(pages: AlertChannelPagesDeps): Router {
	const { alertChannels, alertChannelChanges, sendsMail } = pages;
	const routes = Router();
	routes.use('/alert-channels', requirePermission('administer'));

	async function show(
		response: Response,
		form: FormState,
		more: { readonly status?: number; readonly secret?: string | undefined } = {},
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const status = more.status ?? 200;
		const frame = { title: 'Alert channels', tab: 'alert-channels', workspace, status };
		showPage(response, channelsPage, frame, {
			at: `/w/${workspace.slug}/alert-channels`,
			channels: await alertChannels.list(workspace.id),
			form,
			secret: more.secret,
			sendsMail,
		});
	}

	/** All that there are but one, by their ids. */
	async function others(workspaceId: string, but?: string) {
		const held = await alertChannels.list(workspaceId);
		return held.filter(({ id }) => id !== but).map(({ id }) => ({ id }));
	}

	routes.get('/alert-channels', (_request, response) => show(response, EMPTY_FORM));

	routes.post('/alert-channels', async (request, response) => {
		const read = readForm(request, ChannelForm);
		if (!read.ok) return show(response, read.form, { status: 422 });
		const workspace = pageWorkspace(response);
		const wishes = [...(await others(workspace.id)), read.value];
		try {
			const { secrets } = await alertChannelChanges.replace(actorOf(response), workspace, wishes);
			const [secret] = secrets.values();
			return await show(response, EMPTY_FORM, { secret });
		} catch (cause) {
			if (!(cause instanceof HubError) || cause.status >= 500) throw cause;
			const errors = { target: cause.message };
			return show(response, { values: typedValues(request.body), errors }, { status: 422 });
		}
	});

	routes.post('/alert-channels/:id/remove', async (request, response) => {
		const workspace = pageWorkspace(response);
		if (!isConfirmed(request)) {
			return askFirst(
				response,
				{ tab: 'alert-channels', workspace },
				{
					title: 'Remove this channel?',
					consequence: 'It is told nothing more, nor the end of what it was told.',
					yes: 'Remove the channel',
					back: `/w/${workspace.slug}/alert-channels`,
				},
			);
		}
		const wishes = await others(workspace.id, request.params.id);
		await alertChannelChanges.replace(actorOf(response), workspace, wishes);
		return response.redirect(303, `/w/${workspace.slug}/alert-channels?done=channel_removed`);
	});
	return routes;
}
