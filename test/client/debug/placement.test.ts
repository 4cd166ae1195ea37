import { describe, expect, it } from 'vitest';
import { placementAt, placementsIn } from '../../../client/debug/placement';
import { ProjectDocument } from '../../../language/project/document';

/** Lines are zero-based: the number before each is its own. */
const text = `{ "definition": {
  "triggers": {
    "Start": {
      "type": "Request"
    }
  },

  "actions": {
    "Loop": {
      "type": "Foreach",
      "foreach": "@triggerBody()",
      "actions": {
        "Inside": {
          "type": "Compose",
          "inputs": 1
        },
        "Short": { "type": "Compose", "inputs": 2 }
      },
      "runAfter": {}
    },

    "Last": {
      "type": "Compose"
    }
  },
  "outputs": {}
} }`;
const document = new ProjectDocument(text, 'workflow');
const at = (line: number): string => {
  const placement = placementAt(document, line);
  if ('reason' in placement) return 'nowhere';
  const targets = placement.targets.map(({ moment, operation, property }) =>
    property === undefined ? `${moment} ${operation}` : `${property.join('.')} of ${operation}`,
  );
  return `${targets.join(', ')} ${placement.line}`;
};

describe('the place of a breakpoint', () => {
  it('on a name, or on a line inside without an expression, is before the operation', () => {
    expect([at(2), at(3), at(8), at(9), at(13), at(14)]).toEqual([
      'before Start 2',
      'before Start 2',
      'before Loop 8',
      'before Loop 8',
      'before Inside 12',
      'before Inside 12',
    ]);
  });

  it('on a closing brace is after the operation', () => {
    expect([at(15), at(19), at(4)]).toEqual(['after Inside 15', 'after Loop 19', 'after Start 4']);
  });

  it('on a line with an expression is before that is evaluated', () => {
    expect(at(10)).toBe('foreach of Loop 10');
    const call = new ProjectDocument(
      `{ "definition": { "actions": { "A": {
        "type": "Http",
        "inputs": {
          "method": "POST",
          "body": {
            "id": "@triggerBody()?['id']",
            "name": "@{triggerBody()?['name']}"
          }
        }
      } } } }`,
      'workflow',
    );
    const lines = [3, 4, 5, 6].map((line) => placementAt(call, line));
    expect(lines).toMatchObject([
      { targets: [{ operation: 'A', moment: 'before' }], line: 0 },
      { targets: [{ property: ['inputs', 'body', 'id'] }], line: 5 },
      { targets: [{ property: ['inputs', 'body', 'id'] }], line: 5 },
      { targets: [{ property: ['inputs', 'body', 'name'] }], line: 6 },
    ]);
  });

  it('on the opening of a branch is before what it begins with', () => {
    expect(at(11)).toBe('before Inside, before Short 11');
  });

  it('says that there is nothing to stop at in an empty branch', () => {
    const empty = new ProjectDocument(
      `{ "definition": { "actions": { "A": {
        "type": "If",
        "actions": {
        },
        "else": {
          "actions": {}
        }
      } } } }`,
      'workflow',
    );
    expect([placementAt(empty, 2), placementAt(empty, 4)]).toEqual([
      { reason: expect.stringContaining('no actions') as string },
      { reason: expect.stringContaining('no actions') as string },
    ]);
  });

  it('on an action in one line is before it', () => {
    expect(at(16)).toBe('before Short 16');
  });

  it('between operations is the next one, and elsewhere nowhere', () => {
    expect([at(7), at(20), at(0), at(25)]).toEqual(['before Loop 8', 'before Last 21', 'nowhere', 'nowhere']);
  });

  it('is nowhere in a text without a workflow, with the reason', () => {
    expect(placementAt(new ProjectDocument('', 'workflow'), 0)).toEqual({
      reason: expect.stringContaining('empty') as string,
    });
  });

  it('survives half-typed text', () => {
    const half = new ProjectDocument('{ "definition": { "actions": {\n "A": {\n "type": "Compose",\n', 'workflow');
    expect(placementAt(half, 2)).toMatchObject({ targets: [{ operation: 'A' }], line: 1 });
  });

  it('is offered for each name, expression, branch and closing brace', () => {
    expect(placementsIn(document, 8, 19).map((each) => each.line)).toEqual([8, 10, 11, 12, 15, 16, 19]);
  });
});
