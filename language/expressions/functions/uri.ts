/** Functions that take a URI apart. */
import type { Value } from '../../json/value';
import { ArgumentError } from '../failure';
import type { TypeName } from '../types';
import { parseUri } from '../uri';
import type { Uri } from '../uri';
import { stringAt } from './arguments';
import type { Example, FunctionDefinition } from './definition';

function partOf(
  name: string,
  summary: string,
  returns: TypeName,
  part: (uri: Uri) => Value,
  examples: readonly Example[],
): FunctionDefinition {
  return {
    name,
    category: 'uri',
    summary,
    parameters: [{ name: 'uri', type: 'string', description: 'An absolute URI' }],
    returns,
    examples,
    evaluate: (args) => {
      const text = stringAt(args, 0, 'to be a string');
      const uri = parseUri(text);
      if (uri === undefined)
        throw new ArgumentError(0, "to be an absolute URI such as 'https://contoso.com/path'", text);
      return part(uri);
    },
  };
}

export const uriFunctions: readonly FunctionDefinition[] = [
  partOf('uriHost', 'Returns the host of a URI.', 'string', (uri) => uri.host, [
    { expression: "uriHost('https://www.localhost.com:8080')", result: '"www.localhost.com"' },
  ]),
  partOf('uriPath', 'Returns the path of a URI, at least /.', 'string', (uri) => uri.path, [
    {
      expression: "uriPath('https://www.contoso.com/catalog/shownew.htm?date=today')",
      result: '"/catalog/shownew.htm"',
    },
  ]),
  partOf('uriPathAndQuery', 'Returns the path and the query of a URI.', 'string', (uri) => uri.path + uri.query, [
    {
      expression: "uriPathAndQuery('https://www.contoso.com/catalog/shownew.htm?date=today')",
      result: '"/catalog/shownew.htm?date=today"',
    },
  ]),
  partOf(
    'uriPort',
    'Returns the port of a URI; without one, the default of its scheme.',
    'integer',
    (uri) => uri.port,
    [{ expression: "uriPort('https://www.localhost:8080')", result: '8080' }],
  ),
  partOf(
    'uriQuery',
    'Returns the query of a URI with its question mark, or an empty string.',
    'string',
    (uri) => uri.query,
    [{ expression: "uriQuery('https://www.contoso.com/catalog/shownew.htm?date=today')", result: '"?date=today"' }],
  ),
  partOf('uriScheme', 'Returns the scheme of a URI.', 'string', (uri) => uri.scheme, [
    { expression: "uriScheme('https://www.contoso.com/catalog/shownew.htm?date=today')", result: '"https"' },
  ]),
];
