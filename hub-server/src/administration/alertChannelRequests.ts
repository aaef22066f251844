import { z } from 'zod';

const ChannelUrl = z
	.url({ protocol: /^https?$/, error: 'must be an http or https URL' })
	.max(2_000, 'may have 2000 characters at most');

/** Somebody who must be told is a few people, not a list of customers. */
const MAX_ADDRESSES = 10;

const Addresses = z
	.array(z.email('must be e-mail addresses'))
	.min(1, 'name at least one address')
	.max(MAX_ADDRESSES, `may be ${MAX_ADDRESSES} addresses at most`);

export const NewChannel = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('webhook').describe('signed per Standard Webhooks with a secret of its own'),
		url: ChannelUrl,
	}),
	z.object({ kind: z.literal('slack').describe('takes {text}'), url: ChannelUrl }),
	z.object({ kind: z.literal('email'), to: Addresses }),
]);

/** More than anybody reads. */
const MAX_CHANNELS = 10;

export const ChannelList = z.object({
	channels: z
		.array(z.union([z.strictObject({ id: z.string() }).describe('one that stays'), NewChannel]))
		.max(MAX_CHANNELS, `may be ${MAX_CHANNELS} at most`)
		.meta({ examples: [[{ kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' }]] }),
});
