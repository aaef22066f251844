import { pageTemplate } from '../show/showPage';

/** One sentence, and where to go on. */
export const messagePage = pageTemplate<{
	message: string;
	link?: { href: string; label: string } | undefined;
}>('message');
