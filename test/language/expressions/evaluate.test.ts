import { describe, expect, it } from 'vitest';
import {
  evaluateExpression,
  evaluateJsonContext,
  evaluateTemplate,
  evaluateValue,
  parseTemplate,
} from '../../../language/expressions/index';
import type { Outcome } from '../../../language/expressions/index';
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';
import type { Value } from '../../../language/json/value';

function value(json: string): Value {
  const parsed = parseValue(json);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

const context = evaluateJsonContext(
  value(`{
    "variables": {"n": 7, "big": 9007199254740993, "text": "abc", "list": [10, 20], "none": null},
    "parameters": {"customer": {"Name": "Ann", "tags": ["a", "b"]}},
    "outputs": {"Get_user": {"statusCode": 200, "body": {"id": 5, "name": "Bo"}}},
    "trigger": {"outputs": {"headers": {"X-Id": "1"}, "body": {"a": {"b": null}}}}
  }`),
);

function json(outcome: Outcome): string {
  return outcome.ok ? stringify(outcome.value) : `error: ${outcome.failure.message}`;
}

const evaluate = (text: string): string => json(evaluateExpression(text, context));
const template = (text: string): string => json(evaluateTemplate(text, context));

function failure(outcome: Outcome) {
  if (outcome.ok) throw new Error(`There is a value: ${stringify(outcome.value)}`);
  return outcome.failure;
}

describe('numbers', () => {
  it.each([
    ['9007199254740993', '9007199254740993'],
    ["variables('big')", '9007199254740993'],
    ["json('9007199254740993')", '9007199254740993'],
    ["add(variables('big'), 1)", '9007199254740994'],
    ['mul(3037000499, 3037000499)', '9223372030926249001'],
    ['sub(-9223372036854775807, 1)', '-9223372036854775808'],
    ['equals(9007199254740993, 9007199254740992)', 'false'],
    ['equals(9007199254740993, 9007199254740993)', 'true'],
    ['greater(9007199254740993, 9007199254740992)', 'true'],
    ['max(9007199254740993, 9007199254740992)', '9007199254740993'],
    ['div(9223372036854775807, 10)', '922337203685477580'],
    ['div(-7, 2)', '-3'],
    ['div(7, 2.0)', '3.5'],
    ['div(4, 2.0)', '2.0'],
    ['mod(-9007199254740993, 10)', '-3'],
    ['add(0.1, 0.2)', '0.30000000000000004'],
    ["add(decimal('0.1'), decimal('0.2'))", '0.3'],
    ["div(decimal('1'), decimal('3'))", '0.3333333333333333333333333333'],
    ["div(decimal('2'), decimal('3'))", '0.6666666666666666666666666667'],
    ["div(decimal('1.00'), 4)", '0.25'],
    ["mul(decimal('1.10'), 2)", '2.20'],
    ["mod(decimal('5.5'), 2)", '1.5'],
    ["string(decimal('-0.50'))", '"-0.50"'],
    ["decimal('79228162514264337593543950335')", '79228162514264337593543950335.0'],
    ["decimal('0.12345678901234567890123456789012')", '0.1234567890123456789012345679'],
    ['1e20', '1E+20'],
    ['string(1e15)', '"1E+15"'],
    ['string(123456789012345.0)', '"123456789012345"'],
    ['string(0.0001)', '"0.0001"'],
    ['string(0.00001)', '"1E-05"'],
    ['string(mul(-1.0, 0))', '"-0"'],
    ["float('∞')", '"Infinity"'],
    ["float('1 234,5', 'fr-FR')", '1234.5'],
    ["isInt('9223372036854775807')", 'true'],
    ["isInt('9223372036854775808')", 'false'],
    ["isInt('1e3')", 'true'],
    ["isInt(' -12 ')", 'true'],
  ])('%s is %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it.each([
    'add(9223372036854775807, 1)',
    'mul(9007199254740993, 9007199254740993)',
    'div(-9223372036854775808, -1)',
    'div(1, 0)',
    'mod(1, 0.0)',
    "div(decimal('1'), 0)",
    "mul(decimal('79228162514264337593543950335'), 2)",
    "add('1', 2)",
    'add(null, 2)',
    "decimal('79228162514264337593543950336')",
    'range(2147483647, 1)',
    'range(0, -1)',
    'rand(5, 1)',
  ])('%s fails', (text) => {
    expect(failure(evaluateExpression(text, context)).code).toBe('InvalidTemplate');
  });
});

describe('access', () => {
  it.each([
    ["parameters('customer').name", '"Ann"'],
    ["parameters('CUSTOMER')?['NAME']", '"Ann"'],
    ["parameters('customer')?['tags'][1]", '"b"'],
    ["parameters('customer')?['tags']?[2]", 'null'],
    ["parameters('customer')?['tags']?[-1]", 'null'],
    ["triggerBody()?['a']?['b']?['c']", 'null'],
    ["body('Get_user')['id']", '5'],
    ["body('get_USER').name", '"Bo"'],
    ["outputs('Get_user').statusCode", '200'],
    ["actions('Get_user').outputs.body.id", '5'],
    ["triggerOutputs().headers['x-id']", '"1"'],
    ['json(\'{"__proto__": 1, "constructor": 2}\')?[\'__proto__\']', '1'],
    ["json('{}')?['constructor']", 'null'],
    ["json('{}')?['__proto__']", 'null'],
    ["setProperty(json('{}'), '__proto__', 1)", '{"__proto__":1}'],
    ["variables('list')[if(true, 1, 0)]", '20'],
    [
      'xpath',
      "error: Unable to parse template language expression 'xpath': expected token 'LeftParenthesis' and actual 'EndOfData'.",
    ],
  ])('%s is %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });
});

describe('content', () => {
  it.each([
    [`json(json('{"$content-type":"text/plain","$content":"eyJhIjoxfQ=="}')).a`, '1'],
    [`json(json('{"$content-type":"text/xml","$content":"PGEvPg=="}'))`, '{"a":null}'],
    [`string(xml(json('{"$content-type":"application/xml;charset=utf-16","$content":"PABhAC8APgA="}')))`, '"<a/>"'],
    [`base64(json('{"$content-type":"image/png","$content":"/9g="}'))`, '"/9g="'],
    [`concat('<', json('{"$content-type":"text/plain;charset=iso-8859-1","$content":"6Q=="}'), '>')`, '"<é>"'],
    [`binary(json('{"$content-type":"text/plain","$content":"YWJj"}'))['$content-type']`, '"application/octet-stream"'],
    [`dataUri(json('{"$content-type":"image/png","$content":"/9g="}'))`, '"data:image/png;base64,/9g="'],
  ])('%s', (text, result) => {
    expect(evaluate(text)).toBe(result);
  });

  it('is no text for functions of strings', () => {
    for (const text of ["length(binary('a'))", "toUpper(binary('a'))", "base64ToString(binary('YQ=='))"]) {
      expect(failure(evaluateExpression(text, context)).message).toContain("The provided value is of type 'Object'.");
    }
  });
});

describe('failures', () => {
  it.each([
    [
      "body('Get_user')['missing']",
      "The template language expression 'body('Get_user')['missing']' cannot be evaluated because property 'missing' doesn't exist, available properties are 'id, name'. Please see https://aka.ms/logicexpressions for usage details.",
      "'missing'",
    ],
    [
      "variables('none')['x']",
      "The template language expression 'variables('none')['x']' cannot be evaluated because property 'x' cannot be selected. The value before it is null. Please see https://aka.ms/logicexpressions for usage details.",
      "'x'",
    ],
    [
      "variables('text')?['x']",
      "The template language expression 'variables('text')?['x']' cannot be evaluated because property 'x' cannot be selected. Property selection is not supported on values of type 'String'. Please see https://aka.ms/logicexpressions for usage details.",
      "'x'",
    ],
    [
      "variables('list')?['x']",
      "The template language expression 'variables('list')?['x']' cannot be evaluated because property 'x' cannot be selected. Array elements can only be selected using an integer index. Please see https://aka.ms/logicexpressions for usage details.",
      "'x'",
    ],
    [
      "json('[]')[0]",
      "The template language expression 'json('[]')[0]' cannot be evaluated because array index '0' cannot be selected from empty array. Please see https://aka.ms/logicexpressions for usage details.",
      '0',
    ],
    [
      "json('[5, 6]')[-1]",
      "The template language expression 'json('[5, 6]')[-1]' cannot be evaluated because array index '-1' is outside bounds (0, 1) of array. Please see https://aka.ms/logicexpressions for usage details.",
      '-1',
    ],
    [
      "replace(null, 'a', 'b')",
      "The template language function 'replace' expects its first parameter 'string' to be a string. The provided value is of type 'Null'. Please see https://aka.ms/logicexpressions#replace for usage details.",
      'null',
    ],
    [
      "sort(json('[]'), null)",
      "The template language function 'sort' expects its second parameter to be of type string. The provided value is of type 'Null'. Please see https://aka.ms/logicexpressions#sort for usage details.",
      'null',
    ],
    [
      "indexOf(1, 'a')",
      "The template language function 'indexOf' expects its first parameter to be of type string. The provided value is of type 'Integer'. Please see https://aka.ms/logicexpressions#indexof for usage details.",
      '1',
    ],
    [
      "indexOf('a')",
      "The template language function 'indexOf' expects two parameters: the string to search as the first parameter, the substring to find as the second parameter. The function was invoked with '1' parameter(s). Please see https://aka.ms/logicexpressions#indexof for usage details.",
      "indexOf('a')",
    ],
    [
      "utcNow('o', 'o')",
      "The template language function 'utcNow' expects at most one parameter. The function was invoked with '2' parameter(s). Please see https://aka.ms/logicexpressions#utcNow for usage details.",
      "utcNow('o', 'o')",
    ],
    [
      'rand(0, 2147483648)',
      "The template language function 'rand' expects its second parameter to be an integer in the 32-bit range. The provided value is of type 'Integer'. Please see https://aka.ms/logicexpressions#rand for usage details.",
      '2147483648',
    ],
    ["concat('a', nope(1))", "The template function 'nope' is not defined or not valid.", 'nope'],
    [
      "toUpper(split(null, ','))",
      "The template language function 'split' expects its first parameter to be of type string. The provided value is of type 'Null'. Please see https://aka.ms/logicexpressions#split for usage details.",
      'null',
    ],
    [
      'length(5)',
      "The template language function 'length' expects its parameter to be an array or a string. The provided value is of type 'Integer'. Please see https://aka.ms/logicexpressions#length for usage details.",
      '5',
    ],
    [
      'add(1, empty())',
      "The template language function 'empty' expects one parameter: the string, array or object. The function was invoked with '0' parameter(s). Please see https://aka.ms/logicexpressions#empty for usage details.",
      'empty()',
    ],
    [
      "concat('a', body('Nope'))",
      "The template function 'body' refers to the action 'Nope', which is not defined in the template. Please see https://aka.ms/logicexpressions#body for usage details.",
      "'Nope'",
    ],
    [
      "int(concat('x', 'y'))",
      "The template language function 'int' was invoked with a parameter that is not valid. The value cannot be converted to the target type. Please see https://aka.ms/logicexpressions#int for usage details.",
      "concat('x', 'y')",
    ],
  ])('%s', (text, message, place) => {
    const found = failure(evaluateExpression(text, context));
    expect(found.message).toBe(message);
    expect(text.slice(found.range.start, found.range.end)).toBe(place);
  });

  it('say what would be right', () => {
    expect(failure(evaluateExpression("body('Get_user')['Na_me']", context)).hint).toBe("Did you mean 'name'?");
    expect(failure(evaluateExpression("subsrting('a', 0)", context)).hint).toBe("Did you mean 'substring'?");
    expect(failure(evaluateExpression("split(null, ',')", context)).hint).toContain('coalesce');
    expect(failure(evaluateExpression("split(1, ',')", context)).hint).toBe('It is called as split(text, delimiter).');
    expect(failure(evaluateExpression("int('1.5')", context)).hint).toContain("The value is '1.5'.");
  });

  it('have their place in the whole string', () => {
    const text = "Hello @{toUpper('a')} and @{body('Get_user').x}";
    const found = failure(evaluateTemplate(text, context));
    expect(text.slice(found.range.start, found.range.end)).toBe('x');
  });

  it('have their path in a value', () => {
    const found = failure(evaluateValue(value(`{"a": [1, {"b": "@body('Nope')"}]}`), context));
    expect(found.path).toEqual(['a', 1, 'b']);
    expect(found.message).toContain("'Nope'");
  });

  it('of a text that cannot be read name the text', () => {
    expect(template("@concat('a'")).toBe(
      "error: Unable to parse template language expression 'concat('a'': expected token 'RightParenthesis' and actual 'EndOfData'.",
    );
  });
});

describe('laziness', () => {
  it.each([
    ["if(true, 'a', nope())", '"a"'],
    ["if(false, int('x'), 'b')", '"b"'],
    ['and(false, nope())', 'false'],
    ['or(true, nope())', 'true'],
    ["coalesce(null, 'x', nope())", '"x"'],
    ['filter(createArray(1, 2, 3), greater(item(), 1))', '[2,3]'],
  ])('%s is %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it('wants booleans only', () => {
    expect(evaluate("if('true', 1, 2)")).toContain('error');
    expect(evaluate('and(true, 1)')).toContain('error');
    expect(evaluate('not(1)')).toContain('error');
  });
});

describe('templates', () => {
  it.each([
    ["@variables('n')", '7'],
    ["@{variables('n')}", '"7"'],
    [
      "n=@{variables('n')}, list=@{variables('list')}, none=[@{variables('none')}], @{true}",
      '"n=7, list=[10,20], none=[], True"',
    ],
    ['@\n add(1,\t2)\r\n', '3'],
    ['@@variables', '"@variables"'],
    ['ann@contoso.com', '"ann@contoso.com"'],
    ['it@@{x}', '"it@{x}"'],
    ["@{'}'}@{'{'}", '"}{"'],
    ["@{base64ToBinary('aGVsbG8=')}", '"hello"'],
    ['@{1.50}', '"1.5"'],
    ['@', '"@"'],
  ])('%j is %s', (text, expected) => {
    expect(template(text)).toBe(expected);
  });

  it('evaluate property names, and leave other values alone', () => {
    const result = evaluateValue(
      value(`{"@{variables('text')}": ["@variables('n')", 1.0, null], "plain": "x"}`),
      context,
    );
    expect(json(result)).toBe('{"abc":[7,1.0,null],"plain":"x"}');
  });

  it('can be parsed once and evaluated with several contexts', () => {
    const parsed = parseTemplate("@{variables('n')}");
    const other = evaluateJsonContext(value('{"variables": {"n": 8}}'));
    expect(json(evaluateTemplate(parsed, context))).toBe('"7"');
    expect(json(evaluateTemplate(parsed, other))).toBe('"8"');
  });
});

describe('sizes', () => {
  it('a string never exceeds the size of a message', () => {
    const long = 'x'.repeat(1000);
    const grown = `join(range(0, 100000), '${long}${long}')`;
    const found = failure(evaluateExpression(grown, context));
    expect(found.message).toContain('104857600');
    expect(evaluate(`length(replace(string(range(0, 100000)), ',', '${long}'))`)).toBe('100487892');
    expect(evaluate(`replace(string(range(0, 100000)), ',', '${long}${long}')`)).toContain('error');
  });
});

describe('regional text', () => {
  it.each([
    ["toLower('İIΣ')", '"İiσ"'],
    ["toUpper('ßıﬁ')", '"ßıﬁ"'],
    ["indexOf('STRASSE', 'ß')", '-1'],
    ["startsWith('Éa', 'éA')", 'true'],
    ["trim(concat(uriComponentToString('%C2%85%C2%A0'), 'x', uriComponentToString('%EF%BB%BF')))", '"x\ufeff"'],
    ["uriComponent('a b!''()*~é😀')", '"a%20b%21%27%28%29%2A~%C3%A9%F0%9F%98%80"'],
    ["uriComponentToString('%zz%C3%A9%FF%')", '"%zzé%FF%"'],
    ["base64(base64ToBinary('/w=='))", '"/w=="'],
  ])('%s is %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });
});

describe('forms', () => {
  const multipart = evaluateJsonContext(
    value(`{"trigger": {"outputs": {"body": {"$content-type": "multipart/form-data; boundary=b", "$multipart": [
      {"headers": {"Content-Disposition": "form-data; name=\\"field\\""}, "body": {"$content-type": "text/plain", "$content": "YWJj"}},
      {"headers": {"Content-Disposition": "form-data; name=\\"other\\""}, "body": "text"}
    ]}}}}`),
  );

  it('multipart form data are read by the names of the parts', () => {
    expect(json(evaluateExpression("triggerFormDataValue('field')", multipart))).toBe('"abc"');
    expect(json(evaluateExpression("triggerFormDataMultiValues('other')", multipart))).toBe('["text"]');
    expect(json(evaluateExpression("triggerFormDataValue('none')", multipart))).toBe('null');
    expect(json(evaluateExpression('triggerMultipartBody(1)', multipart))).toBe('"text"');
    expect(json(evaluateExpression('triggerMultipartBody(2)', multipart))).toContain('error');
  });
});
