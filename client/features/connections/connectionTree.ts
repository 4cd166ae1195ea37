/** The Connections view as plain data: what it lists for a project, with what is wrong. Pure. */
import { connectionUsage } from '../../../language/project/connectionUsage';
import type { MissingConnection, PlacedUse, UsedConnection } from '../../../language/project/connectionUsage';
import type { ProjectDocument } from '../../../language/project/document';
import type { Project } from '../../../language/project/project';
import type { TextRange } from '../../../language/text/range';
import { nameRange } from '../../../language/workflow/model';
import { connectorName, kindIcon, kindName } from './connectorNames';

/** A place in a file of the project. */
export interface FilePlace {
  /** In the project, with forward slashes. */
  readonly path: string;
  readonly document: ProjectDocument;
  readonly range: TextRange;
}

export interface ConnectionNode {
  readonly kind: 'connection' | 'missing' | 'use' | 'setting' | 'parameter' | 'note';
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon: string;
  readonly severity?: 'warning' | 'error';
  /** Shown in the editor when the node is clicked. */
  readonly place?: FilePlace;
  /** Name of the app setting that the node is about. */
  readonly setting?: string;
  readonly children: readonly ConnectionNode[];
}

/** What the view lists below a project. */
export function connectionNodes(project: Project): ConnectionNode[] {
  const file = documentOf(project, 'connections.json');
  const broken = file && brokenNote(file);
  const { connections, missing } = connectionUsage(project);
  const nodes = [
    ...(broken === undefined ? [] : [broken]),
    ...connections.map((each) => connectionNode(each, file)),
    // While the file cannot be read nobody knows what is missing.
    ...(broken === undefined ? missing.map((each) => missingNode(each, file)) : []),
  ];
  if (nodes.length > 0) return nodes;
  const label = file === undefined ? 'No connections.json, and no workflow needs one' : 'No connections';
  return [{ kind: 'note', label, icon: 'info', children: [] }];
}

function connectionNode(
  { connection, uses, settings, missingParameters }: UsedConnection,
  file: FilePlace | undefined,
): ConnectionNode {
  const { key, section, displayName, connector, property } = connection;
  const unset = settings.filter((each) => !each.isSet).map((each) => each.name);
  const problems = [
    ...unset.map((name) => `The app setting '${name}' is not set on this machine.`),
    ...missingParameters.map((name) => `The parameter '${name}' is not in parameters.json.`),
  ];
  const name = connectorName(connector) ?? kindName(section);
  const unused = uses.length === 0;
  return {
    kind: 'connection',
    label: key,
    description: unused ? `${name} · not used` : name,
    tooltip: [
      `${displayName ?? key} (${connector === undefined ? kindName(section) : `${name}, ${kindName(section)}`})`,
      unused ? 'No workflow uses it.' : `Used by ${uses.length === 1 ? 'one operation' : `${uses.length} operations`}.`,
      ...problems,
    ].join('\n\n'),
    icon: problems.length > 0 ? 'warning' : kindIcon(section),
    ...(problems.length > 0 ? { severity: 'warning' } : {}),
    ...(file === undefined ? {} : { place: { ...file, range: inner(property.key) } }),
    children: [
      ...unset.map((setting): ConnectionNode => ({
        kind: 'setting',
        label: setting,
        description: 'app setting is not set',
        tooltip: `local.settings.json has no value for '${setting}'. Set one here, or in the file.`,
        icon: 'warning',
        severity: 'warning',
        setting,
        children: [],
      })),
      ...missingParameters.map((parameter): ConnectionNode => ({
        kind: 'parameter',
        label: parameter,
        description: 'parameter is missing',
        tooltip: `parameters.json has no parameter '${parameter}'.`,
        icon: 'warning',
        severity: 'warning',
        ...(file === undefined ? {} : { place: { ...file, range: inner(property.key) } }),
        children: [],
      })),
      ...uses.map(useNode),
    ],
  };
}

function missingNode({ key, section, uses }: MissingConnection, file: FilePlace | undefined): ConnectionNode {
  const where = file === undefined ? 'there is no connections.json' : `not in ${section} of connections.json`;
  return {
    kind: 'missing',
    label: key,
    description: file === undefined ? 'no connections.json' : 'missing',
    tooltip: `Workflows use the ${kindName(section)} connection '${key}', but it is ${where}.`,
    icon: 'error',
    severity: 'error',
    children: uses.map(useNode),
  };
}

function useNode({ workflow, operation, document }: PlacedUse): ConnectionNode {
  const isTrigger = document.workflow?.triggers.some((each) => each === operation) === true;
  return {
    kind: 'use',
    label: operation.name,
    description: workflow,
    tooltip: `The ${isTrigger ? 'trigger' : 'action'} '${operation.name}' of ${workflow} uses it.`,
    icon: isTrigger ? 'zap' : 'symbol-method',
    place: { path: `${workflow}/workflow.json`, document, range: nameRange(operation) },
    children: [],
  };
}

function brokenNote(file: FilePlace): ConnectionNode | undefined {
  const { tree, lines } = file.document;
  const [problem] = tree.problems;
  const wrongShape = tree.root !== undefined && tree.root.kind !== 'object';
  if (problem === undefined && !wrongShape) return undefined;
  const range = problem ?? { start: 0, end: 1 };
  const line = lines.positionAt(range.start).line + 1;
  const message = problem?.message ?? 'An object is expected.';
  return {
    kind: 'note',
    label: 'connections.json is broken',
    description: `line ${line}`,
    tooltip: `Line ${line} of connections.json: ${message} What could be read is listed.`,
    icon: 'error',
    severity: 'error',
    place: { ...file, range: { start: range.start, end: range.end } },
    children: [],
  };
}

function documentOf(project: Project, path: string): FilePlace | undefined {
  const document = project.documents.get(path);
  return document && { path, document, range: { start: 0, end: 0 } };
}

function inner(node: TextRange): TextRange {
  return { start: node.start + 1, end: Math.max(node.start + 1, node.end - 1) };
}
