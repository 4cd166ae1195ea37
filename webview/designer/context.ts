/** How components reach the designer and read from its state. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Designer } from './designer';
import type { DesignerState } from './state';

export const DesignerContext = createContext<Designer | undefined>(undefined);

export function useDesigner(): Designer {
  const designer = useContext(DesignerContext);
  if (designer === undefined) throw new Error('A component of the designer stands outside of it.');
  return designer;
}

/** Reads a part of the state; `select` must give the same reference as long as nothing it reads has changed. */
export function useDesignerState<T>(select: (state: DesignerState) => T): T {
  const designer = useDesigner();
  return useSyncExternalStore(designer.subscribe, () => select(designer.getState()));
}
