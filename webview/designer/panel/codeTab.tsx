/** The operation's own JSON, as it stands in the document. */
import type { ReactElement } from 'react';
import type { Operation, Workflow } from '../../../language/workflow/model';
import { Button } from '../../ui/controls';
import { useDesigner } from '../context';
import { JsonCode } from '../fields/code';
import { dedent } from './dedent';

export function CodeTab(props: { readonly operation: Operation; readonly workflow: Workflow }): ReactElement {
  const designer = useDesigner();
  const { operation, workflow } = props;
  const { start, end } = operation.property;
  return (
    <div className="code-tab">
      <JsonCode text={dedent(workflow.tree.text, start, end)} label={`Code of ${operation.name}`} />
      <Button secondary onClick={() => designer.reveal(operation.property)}>
        Go to text
      </Button>
    </div>
  );
}
