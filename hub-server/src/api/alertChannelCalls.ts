import { z } from 'zod';
import type { AlertChannelChanges } from '../administration/alertChannelChanges';
import { ChannelList } from '../administration/alertChannelRequests';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { ChannelStore } from '../notices/channelStore';
import { pageOf } from './paging';
import { nullableTime, time } from './times';

export interface AlertChannelCallsDeps {
	readonly alertChannels: Pick<ChannelStore, 'list'>;
	readonly alertChannelChanges: AlertChannelChanges;
}

const ChannelAnswer = z.object({
	id: z.string(),
	kind: z.enum(['webhook', 'slack', 'email']),
	target: z.string().describe('the beginning of the URL, or the addresses'),
	createdAt: time,
	lastToldAt: nullableTime,
	lastError: z.string().nullable().describe('why it did not take what it was last told'),
});

const SavedChannelAnswer = ChannelAnswer.extend({
	secret: z
		.string()
		.optional()
		.describe('whsec_…, of a webhook that is new: shown this once, for verifying what it gets'),
});

/** `/api/v1/alert-channels`: where alerts go besides the portal. */
export function createAlertChannelCalls({
	alertChannels,
	alertChannelChanges,
}: AlertChannelCallsDeps) {
	return groupCalls('Alerts', [
		defineCall({
			method: 'get',
			path: '/api/v1/alert-channels',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'all' },
			summary: 'Where the workspace’s alerts go',
			status: 200,
			answer: pageOf(ChannelAnswer),
			handle: async ({ workspace }) => ({
				items: await alertChannels.list(workspace.id),
				nextCursor: null,
			}),
		}),
		defineCall({
			method: 'put',
			path: '/api/v1/alert-channels',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'all' },
			summary: 'Says where the workspace’s alerts go',
			description:
				'The whole list: a channel that is not named goes. Each is told once of an alert, and once of its end, and is tried again for 21 hours.',
			body: ChannelList,
			status: 200,
			answer: pageOf(SavedChannelAnswer),
			isSecret: true,
			refusals: { 400: 'A URL to which nothing may be sent, or e-mail where the hub sends none' },
			audit: 'alert_channels.saved',
			async handle({ by, workspace, body }) {
				const { channels, secrets } = await alertChannelChanges.replace(
					by,
					workspace,
					body.channels,
				);
				const items = channels.map((channel) => {
					const secret = secrets.get(channel.id);
					return secret === undefined ? channel : { ...channel, secret };
				});
				return { items, nextCursor: null };
			},
		}),
	]);
}
