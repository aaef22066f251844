import { listOperation } from '../common/listOperation';
import { brandingThemeKind } from './brandingThemeKind';

/** Xero's list takes neither filters nor an order. */
export const { description, request, execute } = listOperation(brandingThemeKind, { filters: [] });
