import { brandingThemeKind } from '../../kinds/brandingThemeKind';
import { listOperation } from '../../operations/listOperation';

/** Xero's list takes neither filters nor an order. */
export const { description, request, execute } = listOperation(brandingThemeKind, { filters: [] });
