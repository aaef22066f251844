import { pushOperation } from '../../operations/pushOperation';
import { contactFields, joinPaymentTerms, optionalNameField } from './contactFields';

export const { description, hub, execute } = pushOperation({
	entity: 'contact',
	fields: [...contactFields, optionalNameField],
	finish: joinPaymentTerms,
});
