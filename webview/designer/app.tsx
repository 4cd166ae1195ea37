/** The designer's window: toolbar, canvas and panel for a workflow; a message with a way out for anything else. */
import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { Button, IconButton, Progress } from '../ui/controls';
import { Icon } from '../ui/icons';
import { Canvas } from './canvas/canvas';
import { Search } from './canvas/search';
import { Toolbar } from './canvas/toolbar';
import { useDesigner, useDesignerState } from './context';
import { emptyWorkflowText } from './emptyWorkflow';
import { Palette } from './palette/palette';
import { Panel } from './panel/panel';
import type { Subject } from './state';

export function App(): ReactElement {
  const subject = useDesignerState((state) => state.subject);
  switch (subject.kind) {
    case 'loading':
      return (
        <main className="message" aria-label="Loading">
          <Progress />
        </main>
      );
    case 'none':
      return <NoWorkflow subject={subject} />;
    case 'workflow':
      return (
        <ReactFlowProvider>
          <WorkflowView subject={subject} />
        </ReactFlowProvider>
      );
  }
}

function WorkflowView({ subject }: { readonly subject: Extract<Subject, { kind: 'workflow' }> }): ReactElement {
  const designer = useDesigner();
  const panelOpen = useDesignerState((state) => state.panelOpen);
  const searchOpen = useDesignerState((state) => state.searchOpen);
  const insertAt = useDesignerState((state) => state.insertAt);
  const [mapShown, setMapShown] = useState(() => subject.drawing.elements.length > 12 && window.innerWidth > 900);
  useEffect(() => {
    const find = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
      event.preventDefault();
      event.stopPropagation();
      designer.setSearch(true);
    };
    window.addEventListener('keydown', find);
    return () => window.removeEventListener('keydown', find);
  }, [designer]);
  return (
    <main className="designer">
      <section className="stage" aria-label="Canvas">
        <Toolbar mapShown={mapShown} onToggleMap={() => setMapShown(!mapShown)} />
        <Trouble subject={subject} />
        <Notice />
        <div className="canvas-frame">
          {searchOpen ? <Search workflow={subject.workflow} /> : null}
          <Canvas drawing={subject.drawing} mapShown={mapShown} />
        </div>
      </section>
      {panelOpen ? <Panel workflow={subject.workflow} /> : null}
      {insertAt === undefined ? null : <Palette insertAt={insertAt} />}
    </main>
  );
}

function Trouble({ subject }: { readonly subject: Extract<Subject, { kind: 'workflow' }> }): ReactElement | null {
  const designer = useDesigner();
  const { trouble, version } = subject;
  const current = useDesignerState((state) => state.version);
  if (trouble === undefined) return null;
  return (
    <div className="banner banner-error" role="alert">
      <Icon name="error" />
      <span>
        {version === current
          ? 'The text has an error, so some of the drawing may be missing. '
          : 'The text cannot be read at the moment; this is the last version that could. '}
        Line {trouble.line}: {trouble.message}
      </span>
      <Button secondary onClick={() => designer.openText()}>
        Open as text
      </Button>
    </div>
  );
}

function Notice(): ReactElement | null {
  const designer = useDesigner();
  const notice = useDesignerState((state) => state.notice);
  if (notice === undefined) return null;
  return (
    <div className="banner banner-warning" role="alert">
      <Icon name="warning" />
      <span>{notice}</span>
      <IconButton icon="close" label="Dismiss" onClick={() => designer.dismissNotice()} />
    </div>
  );
}

function NoWorkflow({ subject }: { readonly subject: Extract<Subject, { kind: 'none' }> }): ReactElement {
  const designer = useDesigner();
  const text = useDesignerState((state) => state.text);
  const readOnly = useDesignerState((state) => state.readOnly);
  const fileName = useDesignerState((state) => state.fileName);
  return (
    <main className="message">
      <h1>{subject.blank ? `${fileName} is empty` : `${fileName} holds no workflow`}</h1>
      <p>{subject.blank ? 'Start with an empty workflow, or write it as text.' : subject.message}</p>
      <div className="message-buttons">
        {subject.blank && !readOnly ? (
          <Button
            onClick={() =>
              designer.edit('Create workflow', [
                { range: { start: 0, end: text.length }, newText: emptyWorkflowText(text) },
              ])
            }
          >
            Create an empty workflow
          </Button>
        ) : null}
        <Button secondary onClick={() => designer.openText()}>
          Open as text
        </Button>
      </div>
    </main>
  );
}
