import { describe, expect, it } from 'vitest';
import type { FoldingRange, Range, TextEdit } from 'vscode-languageserver/node';
import { parseTree } from '../../language/json/tree';
import { plainValue } from '../../language/json/plain';
import { ProjectDocument } from '../../language/project/document';
import { emptyProject } from '../../language/project/project';
import { formattingEdits } from '../../server/features/formatting';
import { corpusIsHere, corpusWorkflows } from '../webview/designer/corpus';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Client, uriOf } from './client';

const path = 'orders/process/workflow.json';

const start = async (text: string) => {
  const { client } = await Client.start({ [path]: text, 'orders/host.json': '{}' });
  await client.open(path, text);
  return client;
};

const textDocument = { uri: uriOf(path) };
const options = { tabSize: 2, insertSpaces: true };

async function formatted(text: string, range?: Range, more: object = {}): Promise<string> {
  const client = await start(text);
  const edits: TextEdit[] | null = await client.connection.sendRequest(
    range === undefined ? 'textDocument/formatting' : 'textDocument/rangeFormatting',
    { textDocument, options: { ...options, ...more }, ...(range === undefined ? {} : { range }) },
  );
  return client.applied(path, edits ?? []);
}

async function folds(text: string): Promise<string[]> {
  const client = await start(text);
  const ranges: FoldingRange[] | null = await client.connection.sendRequest('textDocument/foldingRange', {
    textDocument,
  });
  return (ranges ?? []).map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ?? ''}`);
}

describe('formatting', () => {
  it('keeps comments, the order of members, texts and line endings', async () => {
    const text = '{ // why\r\n"b": "x  \\u0041 @{1}",\r\n    /* how */ "a": [1,2.50], }';
    expect(await formatted(text)).toBe(
      '{ // why\r\n  "b": "x  \\u0041 @{1}",\r\n  /* how */ "a": [\r\n    1,\r\n    2.50\r\n  ],\r\n}',
    );
  });

  it('keeps a byte-order mark, and lists on one line when the editor asks for it', async () => {
    const text = '\ufeff{"a":["Succeeded"]}';
    expect(await formatted(text, undefined, { keepLines: true })).toBe('\ufeff{ "a": [ "Succeeded" ] }');
  });

  it('lays out the lines of a range only', async () => {
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 20 } };
    expect(await formatted('{\n"a":1,\n  "b":{"c":2},\n"d":3\n}', range)).toBe(
      '{\n"a":1,\n  "b": {\n    "c": 2\n  },\n  "d":3\n}',
    );
  });

  it('does what it can with half-typed text, and changes no more than blanks', async () => {
    const text = '{"definition":{"actions":{"A":{"type":"Compose","inputs":"@add(1,';
    expect((await formatted(text)).replaceAll(/\s/g, '')).toBe(text);
  });

  it.runIf(corpusIsHere)('leaves the meaning of every workflow of the corpus as it is, and is stable', () => {
    let checked = 0;
    for (const { text } of corpusWorkflows()) {
      const before = parseTree(text);
      if (before.root === undefined || before.problems.length > 0 || text.length > 200_000) continue;
      const once = again(text);
      const after = parseTree(once);
      expect(after.problems).toEqual([]);
      expect(after.root && plainValue(after.root)).toEqual(plainValue(before.root));
      expect(again(once)).toBe(once);
      checked++;
    }
    expect(checked).toBeGreaterThan(100);
  });
});

function again(text: string): string {
  const document = new ProjectDocument(text, 'workflow');
  const view = { uri: '', version: 1, document, project: emptyProject, path: '', root: undefined };
  return TextDocument.applyEdits(TextDocument.create('', 'json', 1, text), formattingEdits(view, options));
}

describe('folding', () => {
  it('folds objects, lists and comments, and leaves the closing line in sight', async () => {
    const text =
      '{\n  // one\n  // two\n  "a": [\n    1,\n    2\n  ],\n  /*\n   */ "b": { "c": 1 },\n  // alone\n  "d": {\n    "e": 1\n  }\n}';
    expect(await folds(text)).toEqual(['0-12', '1-2comment', '3-5', '7-8comment', '10-11']);
  });

  it('folds what is closed in half-typed text', async () => {
    expect(await folds('{\n  "a": {\n    "b": 1\n  },\n  "c": [\n    {\n      "d": 2\n    }\n')).toEqual([
      '1-2',
      '5-6',
    ]);
    expect(await folds('}\n]\n{\n[\n}\n')).toEqual(['2-3']);
  });
});

describe('a client that has its own JSON support', () => {
  it('is offered no second formatter', async () => {
    const { initialized } = await Client.start({}, { hostFormatsJson: true });
    expect(initialized.capabilities.documentFormattingProvider).toBeUndefined();
    expect(initialized.capabilities.foldingRangeProvider).toBeUndefined();
  });
});
