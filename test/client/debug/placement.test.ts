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
  return 'reason' in placement ? 'nowhere' : `${placement.moment} ${placement.operation} ${placement.line}`;
};

describe('the place of a breakpoint', () => {
  it('on a name, or on any line inside, is before the operation', () => {
    expect([at(2), at(3), at(8), at(10), at(13)]).toEqual([
      'before Start 2',
      'before Start 2',
      'before Loop 8',
      'before Loop 8',
      'before Inside 12',
    ]);
  });

  it('on a closing brace is after the action, on that of a trigger still before the run', () => {
    expect([at(15), at(19), at(4)]).toEqual(['after Inside 15', 'after Loop 19', 'before Start 2']);
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
    expect(placementAt(half, 2)).toMatchObject({ operation: 'A', line: 1 });
  });

  it('is offered for each name and closing brace', () => {
    expect(placementsIn(document, 8, 19).map((each) => each.line)).toEqual([8, 12, 15, 16, 19]);
  });
});
