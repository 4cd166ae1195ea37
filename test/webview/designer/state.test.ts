import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { initialState, nextState } from '../../../webview/designer/state';
import type { DesignerEvent, DesignerState } from '../../../webview/designer/state';
import { corpusFolder, corpusIsHere } from './corpus';

const document = (text: string, version = 1): DesignerEvent => ({
  type: 'document',
  text,
  version,
  fileName: 'workflow.json',
  readOnly: false,
});
const after = (...events: readonly DesignerEvent[]): DesignerState => events.reduce(nextState, initialState);
const text = JSON.stringify({
  definition: {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Loop: { type: 'Foreach', foreach: [], actions: { Inner: { type: 'Compose', inputs: 1 } } },
      Last: { type: 'Compose', runAfter: { Loop: ['Succeeded'] } },
    },
  },
});
const loop = '/definition/actions/Loop';
const inner = `${loop}/actions/Inner`;

describe('what the designer shows', () => {
  it.each([
    ['', true],
    ['   \n', true],
    ['\uFEFF', true],
    ['{', false],
    ['[1, 2]', false],
    ['null', false],
    ['{ "version": "2.0" }', false],
    ['{ "definition": 7 }', false],
  ])('of %j: no workflow, with a message', (bad, blank) => {
    const { subject } = after(document(bad));
    expect(subject).toMatchObject({ kind: 'none', blank });
    expect(subject.kind === 'none' ? subject.message : '').not.toBe('');
  });

  it('of half-typed text on opening: what can be read, and where it ends', () => {
    const { subject } = after(document('{\n"definition": { "actions": { "A": { "type": "Compose" },\n "B"'));
    expect(subject).toMatchObject({ kind: 'workflow', trouble: { line: 3 } });
    expect(subject.kind === 'workflow' ? subject.workflow.actions.length : 0).toBe(2);
  });

  it('of text that breaks while typing: the last good drawing, until it can be read again or is empty', () => {
    const good = after(document(text));
    const broken = nextState(good, document(`${text}}`, 2));
    expect(broken.subject).toMatchObject({ kind: 'workflow', version: 1, trouble: { line: 1 } });
    expect(nextState(broken, document(text, 3)).subject).toMatchObject({ version: 3, trouble: undefined });
    expect(nextState(broken, document('', 3)).subject.kind).toBe('none');
  });

  it('after the cursor moved: the innermost action there; a cursor of another version is left alone', () => {
    const at = text.indexOf('"Inner"') + 2;
    expect(after(document(text), { type: 'cursor', version: 1, offset: at }).selected).toBe(inner);
    expect(after(document(text), { type: 'cursor', version: 9, offset: at }).selected).toBeUndefined();
  });

  it('after collapsing around the selection: the container is selected', () => {
    const state = after(
      document(text),
      { type: 'selected', id: inner, panel: 'open' },
      { type: 'collapseChanged', collapsed: new Set([loop]) },
    );
    expect([state.selected, state.panelOpen]).toEqual([loop, true]);
  });

  it('after a rename in the text: the same action is still selected', () => {
    const state = after(
      document(text),
      { type: 'selected', id: inner, panel: 'open' },
      document(text.replace('"Inner"', '"Renamed"'), 2),
    );
    expect(state.selected).toBe(`${loop}/actions/Renamed`);
  });

  it('puts a problem on the innermost action it is in, and leaves hints out', () => {
    const start = text.indexOf('"inputs":1');
    const range = { start, end: start + 3 };
    const state = after(document(text), {
      type: 'problems',
      version: 1,
      problems: [
        { range, severity: 'error', message: 'a', code: undefined },
        { range, severity: 'hint', message: 'b', code: undefined },
      ],
    });
    expect([...state.problemsByElement].map(([id, problems]) => [id, problems.length])).toEqual([[inner, 1]]);
  });

  it.skipIf(!corpusIsHere || !existsSync(join(corpusFolder, 'malformed')))(
    'of every malformed file of the corpus: something, and nothing is thrown',
    () => {
      const folder = join(corpusFolder, 'malformed');
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
      expect(files.length).toBeGreaterThan(10);
      for (const file of files) {
        expect(after(document(readFileSync(join(folder, file), 'utf8'))).subject.kind).not.toBe('loading');
      }
    },
  );
});
