/** The one boundary for bugs while drawing: says so, reports to the extension's log, and offers to draw again. */
import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/controls';
import type { Designer } from './designer';

interface Props {
  readonly designer: Designer;
  readonly children: ReactNode;
}

export class FailureBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error): void {
    this.props.designer.report(error);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="message" role="alert">
        <h1>The designer has failed</h1>
        <p>Your file is untouched. The log of Logic Apps Workbench says what happened.</p>
        <div className="message-buttons">
          <Button onClick={() => this.setState({ failed: false })}>Draw again</Button>
          <Button secondary onClick={() => this.props.designer.openText()}>
            Open as text
          </Button>
        </div>
      </main>
    );
  }
}
