import { describe, expect, it } from 'vitest';
import { designerMessage, hostMessage } from '../../../webview/protocol/validate';

describe('the gate of the channel', () => {
  it.each([
    { type: 'ready' },
    { type: 'edit', version: 3, label: 'x', edits: [{ range: { start: 0, end: 2 }, newText: '' }] },
    { type: 'select', version: 1, range: { start: 1, end: 1 } },
  ])('lets in what the designer says: $type', (message) => {
    expect(designerMessage(message)).toBe(message);
  });

  it.each([
    undefined,
    null,
    'ready',
    [],
    { type: 'nothing' },
    { type: 'edit', version: 3, label: 'x' },
    { type: 'edit', version: 3, label: 'x', edits: [{ range: { start: -1, end: 2 }, newText: '' }] },
    { type: 'edit', version: 3, label: 'x', edits: [{ range: { start: 0, end: 1.5 }, newText: '' }] },
    { type: 'select', version: '1', range: { start: 1, end: 1 } },
  ])('keeps out %j', (value) => {
    expect(designerMessage(value)).toBeUndefined();
  });

  it('lets in a document and the end of a run, and keeps out a status nobody knows', () => {
    const document = { type: 'document', text: '', version: 1, fileName: 'workflow.json', readOnly: false };
    expect(hostMessage(document)).toBe(document);
    expect(hostMessage({ type: 'run', overlay: null })).toEqual({ type: 'run', overlay: null });
    const overlay = { runId: 'r', status: 'Exploded', steps: [] };
    expect(hostMessage({ type: 'run', overlay })).toBeUndefined();
  });
});
