/** Runs in the browser before the designer: installs a fake host with the text the test has put into the page. */
import { FakeHost } from '../../../webview/channel/fakeHost';

declare global {
  interface Window {
    designerTest: { readonly text: string; readonly readOnly?: boolean };
    host: FakeHost;
  }
}

window.host = new FakeHost(window.designerTest.text, { readOnly: window.designerTest.readOnly ?? false });
window.host.install(window);
