/** Search over the names and types of all operations, in collapsed containers too. */
import { useMemo, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { Workflow } from '../../../language/workflow/model';
import { IconButton, SearchField } from '../../ui/controls';
import { useDesigner } from '../context';
import { describe } from '../nodes/describe';
import { findOperations } from './find';

export function Search({ workflow }: { readonly workflow: Workflow }): ReactElement {
  const designer = useDesigner();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(
    () => findOperations(workflow, query, (operation) => describe(operation, operation.role).label),
    [workflow, query],
  );
  const go = (index: number): void => {
    const operation = found[(index + found.length) % Math.max(1, found.length)];
    if (operation === undefined) return;
    setAt((index + found.length) % found.length);
    designer.uncover(operation.path);
    designer.select(operation.path, 'keep');
  };
  const close = (): void => {
    designer.setSearch(false);
    document.getElementById('canvas')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') go(event.shiftKey ? at - 1 : at + 1);
    else return;
    event.preventDefault();
  };
  const change = (text: string): void => {
    setQuery(text);
    setAt(0);
    const first = findOperations(workflow, text, (operation) => describe(operation, operation.role).label)[0];
    if (first === undefined) return;
    designer.uncover(first.path);
    designer.select(first.path, 'keep');
  };
  const status = query === '' ? '' : found.length === 0 ? 'No results' : `${at + 1} of ${found.length}`;
  return (
    <div className="search" role="search">
      <SearchField value={query} label="Find an action" onChange={change} onKeyDown={onKeyDown} />
      <span className="search-status" role="status">
        {status}
      </span>
      <IconButton
        icon="previous"
        label="Previous (Shift+Enter)"
        disabled={found.length === 0}
        onClick={() => go(at - 1)}
      />
      <IconButton icon="next" label="Next (Enter)" disabled={found.length === 0} onClick={() => go(at + 1)} />
      <IconButton icon="close" label="Close (Escape)" onClick={close} />
    </div>
  );
}
