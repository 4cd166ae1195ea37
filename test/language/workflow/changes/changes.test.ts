import { describe, expect, it } from 'vitest';
import { addAction, addTrigger, freeName } from '../../../../language/workflow/changes/addAction';
import { addCase } from '../../../../language/workflow/changes/addCase';
import { insertProperty } from '../../../../language/workflow/changes/insertProperty';
import { removeAction } from '../../../../language/workflow/changes/removeAction';
import { setMember } from '../../../../language/workflow/changes/setMember';
import { setRunAfter } from '../../../../language/workflow/changes/setRunAfter';
import { parseTree } from '../../../../language/json/tree';
import { applyEdits } from '../../../../language/text/edit';
import type { Action, Scope, Workflow } from '../../../../language/workflow/model';
import { readWorkflow } from '../../../../language/workflow/read';

const workflowOf = (text: string): Workflow => {
  const { workflow } = readWorkflow(text);
  if (workflow === undefined) throw new Error('no workflow');
  return workflow;
};
const actionOf = (workflow: Workflow, name: string): Action => {
  const found = workflow.actionsByName.get(name.toLowerCase());
  if (found === undefined) throw new Error(`no action ${name}`);
  return found;
};
const chain = `{
  // what it is for
  "definition": {
    "triggers": {},
    "actions": {
      "A": { "type": "Compose", "inputs": 1 }, // first
      "B": {
        "type": "Compose",
        "runAfter": { "A": ["Succeeded"] }
      }
    }
  }
}
`;
const addBetween = (text: string): string => {
  const workflow = workflowOf(text);
  const b = actionOf(workflow, 'B');
  return applyEdits(
    text,
    addAction(workflow, {
      name: 'New',
      members: { type: 'Compose', inputs: 'x' },
      scope: b.scope,
      runAfter: [{ name: 'A', statuses: ['Succeeded'] }],
      followers: [b],
      insteadOf: 'A',
    }),
  );
};

describe('adding an action', () => {
  it('puts it behind the one it runs after and lets the next run after it; comments and layout stay', () => {
    expect(addBetween(chain)).toBe(`{
  // what it is for
  "definition": {
    "triggers": {},
    "actions": {
      "A": { "type": "Compose", "inputs": 1 }, // first
      "New": {
        "type": "Compose",
        "inputs": "x",
        "runAfter": {
          "A": ["Succeeded"]
        }
      },
      "B": {
        "type": "Compose",
        "runAfter": {
          "New": ["Succeeded"]
        }
      }
    }
  }
}
`);
  });

  it('keeps tabs and CRLF', () => {
    const result = addBetween(chain.replaceAll('  ', '\t').replaceAll('\n', '\r\n'));
    expect(result.replaceAll('\r\n', '')).not.toContain('\n');
    expect(result).toContain('\r\n\t\t\t"New": {\r\n\t\t\t\t"type": "Compose",\r\n');
  });

  it.each([
    ['"actions": {}', (workflow: Workflow): Scope | undefined => workflow.scope],
    ['"actions": { "Check": { "type": "If", "actions": {} } }', (w: Workflow) => w.actions[0]?.scopes[1]],
    ['"actions": { "Loop": { "type": "Foreach" } }', (w: Workflow) => w.actions[0]?.scopes[0]],
    [
      '"actions": { "S": { "type": "Switch", "cases": { "C": { "case": 1 } } } }',
      (w: Workflow) => w.actions[0]?.scopes[0],
    ],
  ])('fills an empty scope, also one that is not written yet: %s', (actions, scopeOf) => {
    const text = `{ "definition": { "triggers": {}, ${actions} } }`;
    const workflow = workflowOf(text);
    const scope = scopeOf(workflow);
    if (scope === undefined) throw new Error('no scope');
    const edits = addAction(workflow, {
      name: 'New',
      members: { type: 'Compose' },
      scope,
      runAfter: [],
      followers: [],
      insteadOf: undefined,
    });
    const after = workflowOf(applyEdits(text, edits));
    expect(after.tree.problems).toEqual([]);
    expect(actionOf(after, 'new').scope.path).toBe(scope.path);
  });

  it('finds a free name in any case, and adds the first trigger', () => {
    const text = '{ "definition": { "actions": { "compose": {}, "Compose_1": {} } } }';
    const workflow = workflowOf(text);
    expect(freeName(workflow, 'Compose')).toBe('Compose_2');
    const after = workflowOf(applyEdits(text, addTrigger(workflow, 'Manual', { type: 'Request' })));
    expect(after.triggers.map((each) => each.type)).toEqual(['Request']);
    expect(after.tree.problems).toEqual([]);
  });
});

describe('adding a case', () => {
  it.each(['{ "A": { "case": 1 }, "Case": {} }', '{}'])('to %s', (cases) => {
    const text = `{ "definition": { "actions": { "S": { "type": "Switch", "expression": 1, "cases": ${cases} } } } }`;
    const workflow = workflowOf(text);
    const { name, edits } = addCase(workflow, actionOf(workflow, 'S'));
    const after = workflowOf(applyEdits(text, edits));
    expect(after.tree.problems).toEqual([]);
    expect(actionOf(after, 'S').scopes.at(-1)?.name).toBe(name);
    expect(actionOf(after, 'S').scopes).toHaveLength(actionOf(workflow, 'S').scopes.length + 1);
  });
});

describe('adding a member', () => {
  it.each([
    ['{ "type": "Http" }', '{ "type": "Http", "inputs": { "headers": {} } }'],
    ['{ "inputs": { "uri": "x" } }', '{ "inputs": { "uri": "x", "headers": {} } }'],
    ['{ "inputs": "@expression" }', '{ "inputs": "@expression" }'],
    ['{ "inputs": { "headers": 1 } }', '{ "inputs": { "headers": 1 } }'],
  ])('of %s', (before, after) => {
    const text = `{ "definition": { "actions": { "A": ${before} } } }`;
    const workflow = workflowOf(text);
    const edits = setMember(workflow.tree, actionOf(workflow, 'A'), ['inputs', 'headers'], {});
    expect(applyEdits(text, edits)).toBe(text.replace(before, after));
  });
});

describe('removing an action', () => {
  it('lets what ran after it run after what it ran after', () => {
    const text = addBetween(chain);
    const workflow = workflowOf(text);
    const after = workflowOf(applyEdits(text, removeAction(workflow, actionOf(workflow, 'New'))));
    expect(after.tree.problems).toEqual([]);
    expect(after.actions.map((each) => each.name)).toEqual(['A', 'B']);
    expect(actionOf(after, 'B').runAfter.map((each) => each.name)).toEqual(['A']);
    expect(after.tree.text).toContain('// first');
  });

  it('leaves a comment before the comma', () => {
    const text = '{ "definition": { "actions": { "A": {} /* old */, "B": {} } } }';
    const workflow = workflowOf(text);
    const after = applyEdits(text, removeAction(workflow, actionOf(workflow, 'A')));
    expect(workflowOf(after).tree.problems).toEqual([]);
    expect(after).toContain('/* old */');
  });

  it('removes the only one', () => {
    const text = '{ "definition": { "actions": { "A": {} } } }';
    const workflow = workflowOf(text);
    const after = workflowOf(applyEdits(text, removeAction(workflow, actionOf(workflow, 'A'))));
    expect(after.actions).toEqual([]);
    expect(after.tree.problems).toEqual([]);
  });
});

describe('changing runAfter', () => {
  const text = `{ "definition": { "actions": {
  "A": {}, "C": {},
  "B": { "runAfter": { "A": ["Succeeded"] /* why */, "C": ["Failed", "Skipped"] } }, "D": {} } } }`;
  const change = (name: string, entries: readonly { name: string; statuses: readonly string[] }[]): string => {
    const workflow = workflowOf(text);
    return applyEdits(text, setRunAfter(workflow.tree, actionOf(workflow, name), entries));
  };

  it('touches only the statuses that change', () => {
    const result = change('B', [
      { name: 'A', statuses: ['Succeeded'] },
      { name: 'C', statuses: ['TimedOut'] },
    ]);
    expect(result).toBe(text.replace('["Failed", "Skipped"]', '["TimedOut"]'));
  });

  it('removes an entry, adds one, and adds the whole member', () => {
    expect(change('B', [{ name: 'A', statuses: ['Succeeded'] }])).toContain('{ "A": ["Succeeded"] /* why */ }');
    const added = workflowOf(
      change('B', [
        { name: 'A', statuses: ['Succeeded'] },
        { name: 'C', statuses: ['Failed', 'Skipped'] },
        { name: 'D', statuses: ['Succeeded'] },
      ]),
    );
    expect(added.tree.text).toContain('/* why */');
    expect(actionOf(added, 'B').runAfter.map((each) => each.name)).toEqual(['A', 'C', 'D']);
    const whole = workflowOf(change('D', [{ name: 'B', statuses: ['Failed'] }]));
    expect(actionOf(whole, 'D').runAfter).toMatchObject([{ name: 'B', statuses: ['Failed'] }]);
  });

  it('empties it', () => {
    const none = workflowOf(change('B', []));
    expect(none.tree.problems).toEqual([]);
    expect(actionOf(none, 'B').runAfter).toEqual([]);
  });
});

describe('inserting a property', () => {
  it.each([
    ['{}', '{\n  "n": 1\n}'],
    ['{ "a": 1 }', '{ "a": 1, "n": 1 }'],
    ['{\n    "a": 1 // last\n}', '{\n    "a": 1, // last\n    "n": 1\n}'],
    ['{\n  "a": 1,\n}', '{\n  "a": 1,\n  "n": 1\n}'],
    ['{ /* nothing yet */ }', '{ /* nothing yet */\n  "n": 1\n}'],
  ])('%j', (before, after) => {
    const tree = parseTree(before);
    if (tree.root?.kind !== 'object') throw new Error('no object');
    expect(applyEdits(before, insertProperty(tree, tree.root, 'n', 1))).toBe(after);
  });
});
