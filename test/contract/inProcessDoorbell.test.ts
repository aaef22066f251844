import { createInProcessDoorbell } from '../../hub-server/src/work/inProcessDoorbell';
import { describeDoorbell } from './doorbell';

describeDoorbell('in one process', async () => {
	const doorbell = createInProcessDoorbell();
	return { hubs: [doorbell, doorbell], close: () => doorbell.close() };
});
