import type { TriggerPanelDefinition } from 'n8n-workflow';

const WHILE_BUILDING =
	'<b>While you build</b>, click the button above. Then change something in Xero, or choose <i>Send the Latest Real Event</i> or <i>Send an Example</i> under <i>When Listening for a Test Event</i> to get one at once.<br /><br />';

/** What n8n's editor shows beside the trigger while no event is there. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Get an event from Xero',
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<b>When the workflow is ready</b>, publish it. The hub then sends it every event you chose, and again if n8n was away. You find the runs in the <a data-key="executions">executions list</a>.`,
		active: `${WHILE_BUILDING}<b>This workflow is published</b>: the hub sends it every event you chose. You find the runs in the <a data-key="executions">executions list</a>.`,
	},
	activationHint: 'Publish the workflow to get every event from now on.',
};
