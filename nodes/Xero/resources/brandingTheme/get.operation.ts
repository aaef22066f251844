import { getOperation } from '../../operations/getOperation';
import { brandingThemeKind } from '../../kinds/brandingThemeKind';

export const { description, request, execute } = getOperation(brandingThemeKind);
