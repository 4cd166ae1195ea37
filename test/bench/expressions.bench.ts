/**
 * Expressions against their peers in one process: npm's adaptive-expressions (Microsoft's JavaScript engine for nearly the same
 * language) and @actions/expressions (GitHub's). Rates are geometric means over 25 expressions in the proportions of real workflows.
 * The peers have no `?`, so it is left out for them; functions they lack are registered with them.
 */
import { data as githubData, Evaluator as GithubEvaluator, Lexer, Parser as GithubParser } from '@actions/expressions';
import * as adaptive from 'adaptive-expressions';
import { evaluateExpression, evaluateJsonContext, parse } from '../../language/expressions/index';
import { compile } from '../../language/expressions/compile';
import { parseValue } from '../../language/json/parse';

const expressions: readonly string[] = [
  "parameters('$connections')['sql']['connectionId']",
  "body('Parse_JSON')?['orderId']",
  "body('Parse_JSON')",
  "triggerBody()?['customer']",
  "variables('counter')",
  "items('For_each')?['name']",
  "encodeURIComponent(encodeURIComponent('default'))",
  "triggerBody()?['customer']?['address']?['city']",
  "parameters('environment')",
  'triggerBody()',
  "outputs('Compose')",
  "outputs('Get_orders')?['statusCode']",
  "body('Parse_JSON')?['lines']?[0]?['sku']",
  "items('For_each')?['properties']?['email']",
  'workflow().run.name',
  "concat('order-', triggerBody()?['customer']?['name'], '-', variables('counter'))",
  "coalesce(items('For_each')?['nickname'], 'none')",
  "equals(outputs('Get_orders')?['statusCode'], 200)",
  "length(body('Parse_JSON')?['lines'])",
  "if(greater(variables('counter'), 3), 'many', 'few')",
  "and(equals(variables('counter'), 5), not(empty(triggerBody()?['customer'])))",
  "replace(string(items('For_each')?['name']), '-', '_')",
  "first(split(triggerBody()?['customer']?['name'], ' '))",
  "toLower(concat(parameters('environment'), '/', items('For_each')?['name']))",
  "contains(string(body('Parse_JSON')?['orderId']), 'A')",
];

const context = {
  parameters: { $connections: { sql: { connectionId: '/connections/sql' } }, environment: 'Test' },
  variables: { counter: 5 },
  items: { For_each: { name: 'Line-1', properties: { email: 'ann@contoso.com' } } },
  trigger: { outputs: { body: { customer: { name: 'Ann Lee', address: { city: 'Oslo' } } } } },
  outputs: {
    Parse_JSON: { body: { orderId: 'A-17', lines: [{ sku: 'x' }, { sku: 'y' }] } },
    Compose: 'text',
    Get_orders: { statusCode: 200, body: {} },
  },
  workflow: { run: { name: '08585' } },
};

// Ours
const contextValue = parseValue(JSON.stringify(context));
if (!contextValue.ok) throw new Error(contextValue.message);
const ourContext = evaluateJsonContext(contextValue.value);

// Adaptive. Its data live in its memory, as ours live in a context, and reach the functions with each evaluation.
const paths: Readonly<Record<string, (name: unknown) => string>> = {
  parameters: (name) => `parameters.${String(name)}`,
  variables: (name) => `variables.${String(name)}`,
  items: (name) => `items.${String(name)}`,
  outputs: (name) => `outputs.${String(name)}`,
  body: (name) => `outputs.${String(name)}.body`,
  triggerBody: () => 'trigger.outputs.body',
  workflow: () => 'workflow',
};
const functions = adaptive.Expression.functions;
for (const [name, path] of Object.entries(paths)) {
  const evaluator = new adaptive.ExpressionEvaluator(name, (expression, state, options) => {
    const { args, error } = adaptive.FunctionUtils.evaluateChildren(expression, state, options);
    const name: unknown = error === undefined ? args[0] : undefined;
    const value: unknown = error === undefined ? state.getValue(path(name)) : undefined;
    return { value, error };
  });
  functions.set(name, evaluator);
}
functions.add('encodeURIComponent', (args: readonly unknown[]) => encodeURIComponent(String(args[0])));
const memory = new adaptive.SimpleObjectMemory(context);

// GitHub
type GithubData = githubData.ExpressionData;
function asGithub(value: unknown): GithubData {
  if (value === null || value === undefined) return new githubData.Null();
  if (typeof value === 'string') return new githubData.StringData(value);
  if (typeof value === 'number') return new githubData.NumberData(value);
  if (typeof value === 'boolean') return new githubData.BooleanData(value);
  if (Array.isArray(value)) return new githubData.Array(...value.map(asGithub));
  const members = Object.entries(value).map(([key, member]) => ({ key, value: asGithub(member) }));
  return new githubData.Dictionary(...members);
}
const text = (value: GithubData | undefined): string => value?.coerceString() ?? '';
const truth = (value: GithubData | undefined): boolean => value instanceof githubData.BooleanData && value.value;
const bool = (value: boolean): GithubData => new githubData.BooleanData(value);
const items = (value: GithubData | undefined): readonly GithubData[] =>
  value instanceof githubData.Array ? value.values() : [];
const size = (value: GithubData | undefined): number =>
  value instanceof githubData.Array ? value.values().length : text(value).length;
type GithubCall = (...args: GithubData[]) => GithubData;
const githubCalls: Record<string, GithubCall> = {
  encodeURIComponent: (value) => new githubData.StringData(encodeURIComponent(text(value))),
  concat: (...args) => new githubData.StringData(args.map(text).join('')),
  coalesce: (...args) => args.find((arg) => !(arg instanceof githubData.Null)) ?? new githubData.Null(),
  equals: (left, right) => bool(text(left) === text(right)),
  count: (value) => new githubData.NumberData(size(value)),
  if: (condition, yes, no) => (truth(condition) ? yes : no) ?? new githubData.Null(),
  greater: (left, right) => bool((left?.number() ?? 0) > (right?.number() ?? 0)),
  and: (...args) => bool(args.every(truth)),
  not: (value) => bool(!truth(value)),
  empty: (value) => bool(value instanceof githubData.Null),
  replace: (value, from, to) => new githubData.StringData(text(value).replaceAll(text(from), text(to))),
  string: (value) => new githubData.StringData(text(value)),
  first: (value) => items(value)[0] ?? new githubData.Null(),
  split: (value, by) =>
    new githubData.Array(
      ...text(value)
        .split(text(by))
        .map((part) => new githubData.StringData(part)),
    ),
  toLower: (value) => new githubData.StringData(text(value).toLowerCase()),
};
const lookups = asGithub({
  parameters: context.parameters,
  variables: context.variables,
  items: context.items,
  outputs: context.outputs,
  trigger: context.trigger.outputs.body,
  workflow: context.workflow,
});
const member = (value: GithubData | undefined, key: string): GithubData =>
  (value instanceof githubData.Dictionary ? value.get(key) : undefined) ?? new githubData.Null();
for (const section of ['parameters', 'variables', 'items', 'outputs']) {
  const values = member(lookups, section);
  githubCalls[section] = (name) => member(values, text(name));
}
githubCalls['body'] = (name) => member(member(member(lookups, 'outputs'), text(name)), 'body');
githubCalls['triggerBody'] = () => member(lookups, 'trigger');
githubCalls['workflow'] = () => member(lookups, 'workflow');
const githubFunctions = Object.entries(githubCalls).map(([name, call]) => ({ name, minArgs: 0, maxArgs: 255, call }));
const githubByName = new Map(githubFunctions.map((each) => [each.name.toLowerCase(), each]));
const githubContext = new githubData.Dictionary();

interface Engine {
  readonly name: string;
  parse(expression: string): unknown;
  /** What evaluates a parsed expression. */
  prepare(expression: string): () => unknown;
  both(expression: string): unknown;
}

/** Adaptive counts the items of arrays by another name. */
const without = new Map(
  expressions.map((expression) => [expression, expression.replaceAll('?[', '[').replace('length(', 'count(')]),
);
const peerText = (expression: string): string => without.get(expression) ?? expression;

/** Its parser is handed the functions it may meet and sorts them anew each time: it gets those of the expression only. */
const githubFunctionsOf = new Map(
  expressions.map((expression) => [
    peerText(expression),
    githubFunctions.filter(({ name }) => peerText(expression).includes(`${name}(`)),
  ]),
);
const parseGithub = (expression: string) =>
  new GithubParser(new Lexer(expression).lex().tokens, [], githubFunctionsOf.get(expression) ?? []).parse();

const engines: readonly Engine[] = [
  {
    name: 'workbench',
    parse: (expression) => parse(expression),
    prepare: (expression) => {
      const parsed = parse(expression);
      const run = compile(parsed.ast, expression);
      return () => run(ourContext);
    },
    both: (expression) => evaluateExpression(parse(expression), ourContext),
  },
  {
    name: 'adaptive-expressions',
    parse: (expression) => adaptive.Expression.parse(peerText(expression)),
    prepare: (expression) => {
      const parsed = adaptive.Expression.parse(peerText(expression));
      return () => parsed.tryEvaluate(memory);
    },
    both: (expression) => adaptive.Expression.parse(peerText(expression)).tryEvaluate(memory),
  },
  {
    name: '@actions/expressions',
    parse: (expression) => parseGithub(peerText(expression)),
    prepare: (expression) => {
      const parsed = parseGithub(peerText(expression));
      return () => new GithubEvaluator(parsed, githubContext, githubByName).evaluate();
    },
    both: (expression) =>
      new GithubEvaluator(parseGithub(peerText(expression)), githubContext, githubByName).evaluate(),
  },
];

let sink = 0;

/** Runs a second, so to speak: the best of several rounds of at least `milliseconds`. */
function rate(work: () => unknown, milliseconds: number): number {
  let best = 0;
  let batch = 1;
  for (let round = 0; round < 4; round++) {
    let runs = 0;
    const start = performance.now();
    let elapsed = 0;
    while (elapsed < milliseconds) {
      for (let i = 0; i < batch; i++) if (work() === undefined) sink++;
      runs += batch;
      elapsed = performance.now() - start;
      if (elapsed < milliseconds / 8) batch *= 2;
    }
    best = Math.max(best, (runs / elapsed) * 1000);
  }
  return best;
}

const mean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

function check(): void {
  for (const expression of expressions) {
    const ours = evaluateExpression(expression, ourContext);
    if (!ours.ok) throw new Error(`${expression}: ${ours.failure.message}`);
    const theirs = adaptive.Expression.parse(peerText(expression)).tryEvaluate(memory);
    if (theirs.error !== undefined) throw new Error(`adaptive-expressions, ${expression}: ${theirs.error}`);
    new GithubEvaluator(parseGithub(peerText(expression)), githubContext, githubByName).evaluate();
  }
}

const measures = ['parse', 'evaluate', 'both'] as const;
const milliseconds = Number(process.env['BENCH_MILLISECONDS'] ?? 40);
check();

const rates = new Map<string, number[]>();
const rows: string[] = [];
for (const expression of expressions) {
  const cells: string[] = [];
  for (const measure of measures) {
    for (const engine of engines) {
      const work = measure === 'evaluate' ? engine.prepare(expression) : () => engine[measure](expression);
      const result = rate(work, milliseconds);
      const key = `${engine.name} ${measure}`;
      rates.set(key, [...(rates.get(key) ?? []), result]);
      cells.push(Math.round(result).toLocaleString('en-US').padStart(12));
    }
  }
  rows.push(`${cells.join('')}  ${expression}`);
}

console.log(
  'runs per second: parse | evaluate | parse and evaluate, each workbench, adaptive-expressions, @actions/expressions',
);
console.log(rows.join('\n'));

const overall = (engine: string, measure: string): number => mean(rates.get(`${engine} ${measure}`) ?? []);
const goals: Readonly<Record<(typeof measures)[number], number>> = { parse: 100, evaluate: 10, both: 60 };
console.log('\ngeometric means, runs per second');
for (const measure of measures) {
  const [ours = 0, theirs = 1, github = 1] = engines.map((engine) => overall(engine.name, measure));
  console.log(
    `${measure.padEnd(9)} workbench ${Math.round(ours).toLocaleString('en-US')}` +
      `, adaptive-expressions ${Math.round(theirs).toLocaleString('en-US')} (ratio ${(ours / theirs).toFixed(1)}, goal ${goals[measure]})` +
      `, @actions/expressions ${Math.round(github).toLocaleString('en-US')} (ratio ${(ours / github).toFixed(1)}; it is ${(github / theirs).toFixed(1)} of adaptive's)`,
  );
}

// The longest expression of the corpus has 1,343 characters.
const long = `concat(${Array.from({ length: 31 }, (_, index) => `string(body('Parse_JSON')?['field_${index}'])`).join(', ')}, 'end')`;
console.log(
  `\nan expression of ${long.length} characters parses in ${(1000 / rate(() => parse(long), 100)).toFixed(4)} ms`,
);
if (sink < 0) console.log(sink);
