import { ANY_EVENT, RAW_EVENT } from '../../hub-server/protocol';

/** Types that are no `<entity>.<change>`, in words. */
export const OTHER_EVENTS: Readonly<Record<string, string>> = {
	[ANY_EVENT]: 'any event',
	[RAW_EVENT]: 'raw event',
};

/** What n8n's list of triggers calls an event type: `On invoice paid`. */
export function eventAction(type: string): string {
	return `On ${OTHER_EVENTS[type] ?? type.replaceAll(/[._]/g, ' ')}`;
}
