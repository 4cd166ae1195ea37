/** The page of the designer's webview: a root element, our script and style sheet, and a policy that allows nothing else. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the bundle is, below the extension's folder. */
export function bundleFolder(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

export function designerPage(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(18).toString('base64');
  const folder = bundleFolder(extension);
  const script = webview.asWebviewUri(vscode.Uri.joinPath(folder, 'designer.js')).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(folder, 'designer.css')).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${style}" />
    <title>Logic Apps designer</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" nonce="${nonce}" src="${script}"></script>
  </body>
</html>
`;
}
