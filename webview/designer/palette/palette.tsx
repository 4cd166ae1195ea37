/** The palette: a searchable list of what can be added, opened by a plus button or key. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { SearchField } from '../../ui/controls';
import { Icon } from '../../ui/icons';
import { useDesigner } from '../context';
import { add } from '../gestures/add';
import type { InsertPoint } from '../gestures/insertPoint';
import { iconOf } from '../nodes/iconOf';
import { categoryOf } from '../nodes/types';
import { searchPalette } from './entries';
import type { PaletteEntry } from './entries';

export function Palette({ insertAt }: { readonly insertAt: InsertPoint }): ReactElement {
  const designer = useDesigner();
  const role = insertAt.kind === 'trigger' ? 'trigger' : 'action';
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => searchPalette(role, query), [role, query]);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, query]);
  const close = (): void => {
    designer.closePalette();
    document.getElementById('canvas')?.focus();
  };
  const choose = (entry: PaletteEntry | undefined): void => {
    if (entry === undefined) return;
    close();
    add(designer, entry, insertAt);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const count = Math.max(1, found.length);
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') setAt((at + 1) % count);
    else if (event.key === 'ArrowUp') setAt((at + count - 1) % count);
    else if (event.key === 'Enter') choose(found[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const title = role === 'trigger' ? 'Add a trigger' : 'Add an action';
  return (
    <div className="palette-layer" onClick={close}>
      <div
        className="palette"
        role="dialog"
        aria-modal="true"
        aria-label={title}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={onKeyDown}
      >
        <SearchField
          value={query}
          label={`${title}: type to search`}
          onChange={(text) => {
            setQuery(text);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div className="palette-list" role="listbox" aria-label={title} ref={list}>
          {found.length === 0 ? <p className="field-nothing">Nothing matches “{query}”.</p> : null}
          {found.map((entry, index) => (
            <Row
              key={`${entry.group} ${entry.label}`}
              entry={entry}
              selected={index === at}
              headed={query === '' && entry.group !== found[index - 1]?.group}
              onChoose={() => choose(entry)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function Row(props: {
  readonly entry: PaletteEntry;
  readonly selected: boolean;
  readonly headed: boolean;
  readonly onChoose: () => void;
}): ReactElement {
  const { entry, selected, headed, onChoose } = props;
  const category = categoryOf(entry.members.type.toLowerCase());
  return (
    <>
      {headed ? (
        <div className="palette-group" role="presentation">
          {entry.group}
        </div>
      ) : null}
      <div
        role="option"
        aria-selected={selected}
        className={`palette-row category-${category} ${selected ? 'is-selected' : ''}`}
        onClick={onChoose}
      >
        <span className="card-icon">
          <Icon name={iconOf(entry.members.type, category)} size={16} />
        </span>
        <span className="palette-label">{entry.label}</span>
        <span className="palette-summary">{entry.summary}</span>
      </div>
    </>
  );
}
