/** The results of test cases in the formats that people and build servers read. */
import type { WorkflowCoverage } from '../../runtime/scenario/coverage';

export interface CaseResult {
  readonly id: string;
  readonly file: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Real time. */
  readonly milliseconds: number;
  /** What is not as expected, or why the case was skipped. */
  readonly messages: readonly string[];
}

export interface TestFormat {
  /** Written after each case. */
  each(result: CaseResult): string;
  /** Written at the end. */
  end(results: readonly CaseResult[], coverage: readonly WorkflowCoverage[] | undefined): string;
}

const spec: TestFormat = {
  each({ id, status, messages }) {
    const mark = { passed: '✓', failed: '✗', skipped: '-' }[status];
    return [`${mark} ${id}`, ...messages.map((message) => `    ${message}`)].join('\n') + '\n';
  },
  end(results, coverage) {
    const { passed, failed, skipped } = counts(results);
    const lines = (coverage ?? []).map(coverageLine);
    return [
      ...(lines.length > 0 ? ['', 'Coverage', ...lines] : []),
      '',
      `${passed} passed, ${failed} failed, ${skipped} skipped`,
      '',
    ].join('\n');
  },
};

function coverageLine({ workflow, covered, total, missed }: WorkflowCoverage): string {
  const share = total === 0 ? 100 : Math.floor((100 * covered) / total);
  return `  ${workflow}: ${covered} of ${total} actions (${share} %)${missed.length === 0 ? '' : `; not run: ${missed.join(', ')}`}`;
}

const tap: TestFormat = {
  each: () => '',
  end(results, coverage) {
    const lines = ['TAP version 13', `1..${results.length}`];
    for (const [index, { id, status, messages }] of results.entries()) {
      const directive = status === 'skipped' ? ` # SKIP ${messages.join('; ')}` : '';
      lines.push(`${status === 'failed' ? 'not ok' : 'ok'} ${index + 1} - ${id.replaceAll('#', '\\#')}${directive}`);
      if (status === 'failed')
        lines.push('  ---', ...messages.map((message) => `  - ${JSON.stringify(message)}`), '  ...');
    }
    for (const each of coverage ?? []) lines.push(`#${coverageLine(each)}`);
    return `${lines.join('\n')}\n`;
  },
};

const junit: TestFormat = {
  each: () => '',
  end(results) {
    const { failed, skipped } = counts(results);
    const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
    const total = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const cases = results.map(({ id, file, status, milliseconds, messages }) => {
      const open = `  <testcase name="${xml(id)}" classname="${xml(file)}" time="${seconds(milliseconds)}"`;
      const text = xml(messages.join('\n'));
      switch (status) {
        case 'passed':
          return `${open}/>`;
        case 'failed':
          return `${open}><failure message="${xml(messages[0] ?? '')}">${text}</failure></testcase>`;
        case 'skipped':
          return `${open}><skipped message="${text}"/></testcase>`;
      }
    });
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuite name="logicapps" tests="${results.length}" failures="${failed}" skipped="${skipped}" time="${seconds(total)}">`,
      ...cases,
      '</testsuite>',
      '',
    ].join('\n');
  },
};

function xml(text: string): string {
  // Control characters are not allowed in XML 1.0 in any form.
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const json: TestFormat = {
  each: () => '',
  end(results, coverage) {
    return `${JSON.stringify({ summary: counts(results), cases: results, ...(coverage === undefined ? {} : { coverage }) }, undefined, 2)}\n`;
  },
};

function counts(results: readonly CaseResult[]): { passed: number; failed: number; skipped: number } {
  const of = (status: CaseResult['status']): number => results.filter((each) => each.status === status).length;
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}

export const testFormats: Readonly<Record<string, TestFormat>> = { spec, tap, junit, json };
