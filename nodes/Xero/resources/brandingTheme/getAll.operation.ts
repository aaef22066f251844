import { listOperation } from '../../operations/listOperation';
import { brandingThemeKind } from '../../kinds/brandingThemeKind';

/** Xero's list takes neither filters nor an order. */
export const { description, request, execute } = listOperation(brandingThemeKind, { filters: [] });
