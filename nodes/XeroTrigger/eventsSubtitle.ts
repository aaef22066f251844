import { OTHER_EVENTS } from './eventAction';

/**
 * What n8n shows below a trigger's name: the words of its first event, and how many there are if several.
 * Said once more as an expression, because n8n evaluates it in the browser; a test holds it against
 * `eventAction`.
 */
export const EVENTS_SUBTITLE = `={{ (types => types.length === 0 ? "No event chosen" : "On " + (${JSON.stringify(OTHER_EVENTS)}[types[0]] ?? types[0].replace(/[._]/g, " ")) + (types.length > 1 ? " (" + types.length + " events)" : ""))([].concat($parameter["events"] ?? [])) }}`;
