/** App settings named in expressions are set on this machine. Without a local.settings.json nothing is known about them. */
import type { ProjectDocument } from '../../project/document';
import type { Project } from '../../project/project';
import { findSetting, isPlatformSetting } from '../../project/settings';
import { pointerOf } from '../../json/path';
import { sitePointer } from '../../workflow/sites';
import { isComputed } from '../computed';
import { renameReference } from '../naming';
import type { Finding, ProjectRule, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

/** In workflows. */
export const appSettingsRule: WorkflowRule = {
  name: 'appSettings',
  check: ({ project, document }) => unsetSettings(project, document),
};

/** In connections.json and parameters.json. */
export const projectAppSettingsRule: ProjectRule = {
  name: 'appSettings',
  check: (project, document) => unsetSettings(project, document),
};

function* unsetSettings(project: Project, document: ProjectDocument): Iterable<Finding> {
  const { settings } = project;
  if (settings === undefined) return;
  const { expressions, workflow } =
    document.kind === 'workflow' ? document : { expressions: document.expressions, workflow: undefined };
  for (const reference of expressions.referencesTo('appSetting')) {
    const { name } = reference;
    if (isComputed(name) || isPlatformSetting(name)) continue;
    if (findSetting(settings, name) !== undefined) continue;
    const near = nearest(
      name,
      settings.entries.map((each) => each.name),
    );
    yield {
      code: 'app-setting-unset',
      range: expressions.nameRange(reference),
      path: workflow === undefined ? pointerOf(reference.site.path) : sitePointer(workflow, reference.site),
      message: `The app setting '${name}' is not set in local.settings.json.${suggestion(near)}`,
      ...(near === undefined ? {} : { fixes: [renameReference(expressions, reference, near)] }),
    };
  }
}
