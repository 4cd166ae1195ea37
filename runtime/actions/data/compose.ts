/** Compose: its outputs are its evaluated inputs. */
import { succeeded } from '../../engine/failure';
import type { ActionHandler } from '../handler';

export const compose: ActionHandler = {
  type: 'Compose',
  passesThrough: true,
  start: (step) => succeeded(step.inputs()),
};
