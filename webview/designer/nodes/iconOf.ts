/** The icon of an operation: its type's own where it has one, else its category's. */
import type { IconName } from '../../ui/icons';
import type { Category } from './types';

const byType: Readonly<Record<string, IconName>> = {
  foreach: 'foreach',
  until: 'foreach',
  scope: 'scope',
  switch: 'switch',
  terminate: 'terminate',
};

export function iconOf(type: string, category: Category): IconName {
  return byType[type.toLowerCase()] ?? category;
}
