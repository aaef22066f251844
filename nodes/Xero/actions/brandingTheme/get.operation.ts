import { getOperation } from '../common/getOperation';
import { brandingThemeKind } from './brandingThemeKind';

export const { description, request, execute } = getOperation(brandingThemeKind);
