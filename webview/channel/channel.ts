/** The designer's end of the channel to the extension. `fakeHost` stands in for the other end in a plain browser. */
import type { DesignerMessage, HostMessage } from '../protocol/messages';
import { hostMessage } from '../protocol/validate';

export interface Channel {
  post(message: DesignerMessage): void;
  /** Calls the listener for every valid message; returns a function that ends this. */
  listen(listener: (message: HostMessage) => void): () => void;
  /** What is kept while the designer is hidden or VS Code restarts; `unknown` because an older version may have written it. */
  readState(): unknown;
  writeState(state: unknown): void;
}

/** What VS Code gives a webview, once. */
interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

/** Opens the channel. The one boundary for incoming messages: what has no known shape, or makes the listener fail, is reported. */
export function openChannel(): Channel {
  const api = acquireVsCodeApi();
  const post = (message: DesignerMessage): void => api.postMessage(message);
  return {
    post,
    listen(listener) {
      const receive = (event: MessageEvent<unknown>): void => {
        const message = hostMessage(event.data);
        if (message === undefined) {
          post({ type: 'failed', message: 'The designer got a message of an unknown shape.' });
          return;
        }
        try {
          listener(message);
        } catch (error) {
          const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
          post({ type: 'failed', message: `The designer could not take in a "${message.type}" message: ${reason}` });
        }
      };
      window.addEventListener('message', receive);
      return () => window.removeEventListener('message', receive);
    },
    readState: () => api.getState(),
    writeState: (state) => api.setState(state),
  };
}
