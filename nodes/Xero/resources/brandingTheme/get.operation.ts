import { brandingThemeKind } from '../../kinds/brandingThemeKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(brandingThemeKind);
