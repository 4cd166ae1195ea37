import { describe, expect, it } from 'vitest';
import { withAppSetting } from '../../../client/features/connections/appSettingEdit';

const textAfter = (text: string | undefined, name = 'B', value = 'x') => {
  const result = withAppSetting(text, name, value);
  return 'text' in result ? result.text : `problem: ${result.problem}`;
};

describe('setting an app setting', () => {
  it('adds it and leaves the rest of the file as it is', () => {
    const before = '{\n    // mine\n    "Values": {\n        "A": "1"\n    }\n}\n';
    expect(textAfter(before)).toBe('{\n    // mine\n    "Values": {\n        "A": "1",\n        "B": "x"\n    }\n}\n');
  });

  it('replaces a value that is there, in any case', () => {
    expect(textAfter('{"Values":{"b":"1"}}')).toBe('{"Values":{"b":"x"}}');
  });

  it('makes the file, or the Values in it', () => {
    expect(JSON.parse(textAfter(undefined))).toMatchObject({ IsEncrypted: false, Values: { B: 'x' } });
    expect(JSON.parse(textAfter('{"IsEncrypted":false}'))).toEqual({ IsEncrypted: false, Values: { B: 'x' } });
  });

  it('touches neither a broken nor an encrypted file', () => {
    expect(textAfter('{"Values":')).toContain('problem: local.settings.json cannot be read');
    expect(textAfter('{"IsEncrypted":true,"Values":{}}')).toContain('encrypted');
    expect(textAfter('{"Values":[]}')).toContain('must be an object');
  });
});
