import { describe, expect, it } from 'vitest';
import { pasteAction } from '../../../../language/workflow/changes/pasteAction';
import { applyEdits } from '../../../../language/text/edit';
import type { Workflow } from '../../../../language/workflow/model';
import { readWorkflow } from '../../../../language/workflow/read';

const workflowOf = (text: string): Workflow => {
  const { workflow } = readWorkflow(text);
  if (workflow === undefined) throw new Error('no workflow');
  return workflow;
};
const target = `{
  "definition": {
    "actions": {
      "Load": { "type": "Http" },
      "Use": { "type": "Compose", "inputs": "@body('Load')" }
    }
  }
}
`;
const pasteInto = (text: string, clip: string): Workflow => {
  const workflow = workflowOf(text);
  const pasted = pasteAction(workflow, clip, {
    scope: workflow.scope,
    runAfter: [{ name: 'Load', statuses: ['Succeeded'] }],
    followers: [],
    insteadOf: undefined,
  });
  if ('problem' in pasted) throw new Error(pasted.problem);
  return workflowOf(applyEdits(text, pasted.edits));
};

describe('pasting an action', () => {
  it('keeps comments, exact numbers and order, takes on the indentation, and runs after what was asked for', () => {
    const clip = `"Big": {
  // exact
  "type": "Compose",
  "runAfter": { "Gone": ["Failed"] },
  "inputs": { "n": 9007199254740993 }
}`;
    const after = pasteInto(target, clip);
    expect(after.tree.problems).toEqual([]);
    expect(after.tree.text).toContain(`      "Big": {
        // exact
        "type": "Compose",`);
    expect(after.tree.text).toContain('9007199254740993');
    expect(after.actionsByName.get('big')?.runAfter).toMatchObject([{ name: 'Load', statuses: ['Succeeded'] }]);
  });

  it('numbers names that are taken, inside too, and follows them in the pasted references only', () => {
    const clip = `"Try": { "type": "Scope", "actions": {
      "Load": { "type": "Http" },
      "Use": { "type": "Compose", "inputs": "@{body('Load')} of @{outputs('Other')}", "runAfter": { "Load": ["Succeeded"] } }
    } }`;
    const after = pasteInto(target, clip);
    expect(after.actions.map((each) => each.name)).toEqual(['Load', 'Try', 'Load_1', 'Use_1', 'Use']);
    expect(after.tree.text).toContain("@{body('Load_1')} of @{outputs('Other')}");
    expect(after.actionsByName.get('use_1')?.runAfter[0]?.name).toBe('Load_1');
    expect(after.tree.text).toContain('"inputs": "@body(\'Load\')"');
  });

  it.each(['{ "X": { "type": "Wait" } }', '{ "type": "Wait" }', '"X": { "type": "Wait" },'])(
    'takes %s as an action',
    (clip) => {
      expect(pasteInto(target, clip).actions.map((each) => each.type)).toContain('Wait');
    },
  );

  it.each(['', 'hello', '[]', '{}', '{ "a": 1 }', '"X": {'])('says that %j is none', (clip) => {
    const workflow = workflowOf(target);
    const pasted = pasteAction(workflow, clip, {
      scope: workflow.scope,
      runAfter: [],
      followers: [],
      insteadOf: undefined,
    });
    expect(pasted).toMatchObject({ problem: expect.stringContaining('no action') as string });
  });
});
