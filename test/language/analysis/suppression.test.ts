/** Comments in a file that answer diagnostics. */
import { describe, expect, it } from 'vitest';
import { diagnose, diagnoseFile, workflowText } from './cases';

const wrong = workflowText({ A: { type: 'Compose', inputs: "@body('Nowhere')", runAfter: {} } });

/** The codes found when the lines with a text get a comment before them or at their end. */
function codes(before: string, atEnd = ''): string[] {
  const text = wrong
    .split('\n')
    .flatMap((line) => (line.includes('Nowhere') ? [...(before === '' ? [] : [before]), line + atEnd] : [line]))
    .join('\n');
  return diagnose(text).map((each) => each.code);
}

describe('comments', () => {
  it.each<[string, string, string, string[]]>([
    ['none', '', '', ['action-unknown']],
    ['the next line, by code', '// logicapps-disable-next-line action-unknown', '', []],
    ['the next line, several codes', '// logicapps-disable-next-line expression-type, action-unknown', '', []],
    ['the next line, everything', '// logicapps-disable-next-line', '', []],
    ['the next line, another code', '// logicapps-disable-next-line expression-type', '', ['action-unknown']],
    ['this line', '', ' // logicapps-disable-line action-unknown', []],
    ['the whole file', '/* logicapps-disable action-unknown: made elsewhere */', '', []],
    ['another word', '// logicapps-disabled action-unknown', '', ['action-unknown']],
  ])('%s', (_, before, atEnd, expected) => {
    expect(codes(before, atEnd)).toEqual(expected);
  });

  it('count in the other files of a project too', () => {
    const connections =
      '{ // logicapps-disable project-file-invalid, connection-invalid\n "managedApiConnections": 5 }';
    expect(diagnoseFile('connections.json', { 'connections.json': connections })).toEqual([]);
  });
});
