import { z } from 'zod';
import { baseUrl } from '../config/baseUrl';
import { SLUG_PATTERN } from '../workspaces/workspaceStore';

const named = (missing: string) =>
	z.string({ error: missing }).trim().min(1, missing).max(200, 'may have 200 characters at most');

export const WorkspaceName = named('give the workspace a name');

export const WorkspaceSlug = z
	.string()
	.regex(SLUG_PATTERN, 'use lower case letters, digits and dashes, 64 at most');

export const MAX_N8N_BASE_URLS = 20;

export const NewWorkspace = z.object({
	name: WorkspaceName.meta({ examples: ['Acme'] }),
	slug: WorkspaceSlug.optional().meta({
		description: 'stands in its URLs; made from the name when absent',
		examples: ['acme'],
	}),
	n8nBaseUrls: z
		.array(baseUrl())
		.max(MAX_N8N_BASE_URLS)
		.optional()
		.describe('where deliveries may go although the address is private or not https'),
});

export const WorkspaceChange = NewWorkspace.omit({ slug: true })
	.extend({ connectLink: z.boolean({ error: 'must be true (on) or false (off)' }) })
	.partial();

export const NewApiKey = z.object({
	name: named('say what the key is for, such as “n8n”').meta({ examples: ['n8n'] }),
});
