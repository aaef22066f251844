import { describeOperations } from './describeOperations';

describeOperations(__filename);
