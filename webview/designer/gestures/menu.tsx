/** The context menu of an operation: every gesture with its key. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { addCase } from '../../../language/workflow/changes/addCase';
import type { OperationElement } from '../canvas/places';
import { useDesigner } from '../context';
import type { Designer } from '../designer';
import { clipOf, duplicate, paste } from './clipboard';
import { remove } from './remove';

interface Item {
  readonly label: string;
  readonly key?: string;
  readonly run: () => void;
}

export interface MenuPlace {
  readonly element: OperationElement;
  /** In the window. */
  readonly x: number;
  readonly y: number;
}

export function OperationMenu(props: { readonly place: MenuPlace; readonly onClose: () => void }): ReactElement {
  const designer = useDesigner();
  const { place, onClose } = props;
  const groups = menuOf(designer, place.element);
  const items = groups.flat();
  const [at, setAt] = useState(0);
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = menu.current;
    if (box === null) return;
    box.style.left = `${Math.max(0, Math.min(place.x, window.innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(0, Math.min(place.y, window.innerHeight - box.offsetHeight - 8))}px`;
    box.focus();
  }, [place]);
  useEffect(() => {
    window.addEventListener('blur', onClose);
    return () => window.removeEventListener('blur', onClose);
  }, [onClose]);
  const choose = (item: Item | undefined): void => {
    onClose();
    document.getElementById('canvas')?.focus();
    item?.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'ArrowDown') setAt((at + 1) % items.length);
    else if (event.key === 'ArrowUp') setAt((at + items.length - 1) % items.length);
    else if (event.key === 'Enter' || event.key === ' ') choose(items[at]);
    else if (event.key === 'Escape' || event.key === 'Tab') choose(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div className="menu-layer" onPointerDown={onClose}>
      <div
        ref={menu}
        className="menu"
        role="menu"
        tabIndex={-1}
        aria-label={`Commands for ${place.element.operation.name}`}
        aria-activedescendant={`menu-item-${at}`}
        onPointerDown={(event) => event.stopPropagation()}
        onKeyDown={onKeyDown}
      >
        {groups.map((group, index) => (
          <div key={index} className="menu-group" role="group">
            {group.map((item) => (
              <div
                key={item.label}
                id={`menu-item-${items.indexOf(item)}`}
                role="menuitem"
                className={`menu-item ${items[at] === item ? 'is-selected' : ''}`}
                onPointerEnter={() => setAt(items.indexOf(item))}
                onClick={() => choose(item)}
              >
                <span>{item.label}</span>
                <span className="menu-key">{item.key}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function menuOf(designer: Designer, element: OperationElement): Item[][] {
  const { operation } = element;
  const isAction = element.kind === 'action';
  const show: Item[] = [
    { label: 'Show details', key: 'Enter', run: () => designer.select(element.id, 'open') },
    { label: 'Go to text', key: 'F12', run: () => designer.reveal(operation.property.key) },
    { label: 'Toggle breakpoint', key: 'F9', run: () => designer.toggleBreakpoint(element) },
    ...(isAction && element.container !== undefined
      ? [
          {
            label: element.container === 'open' ? 'Collapse' : 'Expand',
            key: 'Space',
            run: () => designer.toggleCollapsed(element.id),
          },
        ]
      : []),
  ];
  const copy: Item = {
    label: 'Copy',
    key: 'Ctrl+C',
    run: () => void navigator.clipboard.writeText(clipOf(designer, element)).catch(refused(designer)),
  };
  if (!designer.editable) return [show, [copy]];
  const pasteBelow: Item = {
    label: 'Paste below',
    key: 'Ctrl+V',
    run: () =>
      void navigator.clipboard
        .readText()
        .then((clip) => paste(designer, clip, { kind: 'below', element }))
        .catch(refused(designer)),
  };
  return [
    show,
    [
      { label: 'Add an action below', key: '+', run: () => designer.openPalette({ kind: 'below', element }) },
      { label: 'Add a parallel branch', run: () => designer.openPalette({ kind: 'after', element }) },
      ...(isAction && operation.type === 'Switch'
        ? [{ label: 'Add a case', run: () => newCase(designer, element) }]
        : []),
    ],
    [copy, pasteBelow, ...(isAction ? [{ label: 'Duplicate', run: () => duplicate(designer, element) }] : [])],
    [
      { label: 'Rename', key: 'F2', run: () => designer.setRenaming(true) },
      { label: 'Delete', key: 'Del', run: () => remove(designer, element) },
    ],
  ];
}

function newCase(designer: Designer, element: OperationElement): void {
  const { workflow } = designer;
  if (workflow === undefined || element.kind !== 'action') return;
  const { name, edits } = addCase(workflow, element.operation);
  designer.edit(`Add ${name}`, edits);
}

function refused(designer: Designer): () => void {
  return () => designer.notify('The clipboard could not be reached. Use the keys instead.');
}
