/** Every rule, in the order in which they run. A new rule is a file beside this one and a line here. */
import type { ProjectRule, WorkflowRule } from '../rule';
import { actionReferencesRule } from './actionReferences';
import { agentParametersRule } from './agentParameters';
import { appSettingsRule, projectAppSettingsRule } from './appSettings';
import { artifactsRule } from './artifacts';
import { comparisonsRule } from './comparisons';
import { conditionsRule } from './conditions';
import { connectionShapesRule } from './connectionShapes';
import { connectionsRule } from './connections';
import { consistencyRule } from './consistency';
import { constantCallsRule } from './constantCalls';
import { contextsRule } from './contexts';
import { expressionsRule } from './expressions';
import { inputNamesRule } from './inputNames';
import { inputTypesRule } from './inputTypes';
import { limitsRule } from './limits';
import { loopsRule } from './loops';
import { membersRule } from './members';
import { operationsRule } from './operations';
import { parameterValuesRule, projectParameterValuesRule } from './parameterValues';
import { parametersRule } from './parameters';
import { placementRule } from './placement';
import { plansRule } from './plans';
import { projectFilesRule } from './projectFiles';
import { propertiesRule } from './properties';
import { reachabilityRule } from './reachability';
import { recurrencesRule } from './recurrences';
import { responsesRule } from './responses';
import { runAfterRule } from './runAfter';
import { connectionSecretsRule, workflowSecretsRule } from './secrets';
import { scriptsRule } from './scripts';
import { shapeRule } from './shape';
import { statelessRule } from './stateless';
import { textsRule } from './texts';
import { typesRule } from './types';
import { unusedVariablesRule } from './unusedVariables';
import { variableValuesRule } from './variableValues';
import { variablesRule } from './variables';

export const workflowRules: readonly WorkflowRule[] = [
  typesRule,
  shapeRule,
  membersRule,
  consistencyRule,
  runAfterRule,
  reachabilityRule,
  placementRule,
  statelessRule,
  plansRule,
  recurrencesRule,
  responsesRule,
  expressionsRule,
  constantCallsRule,
  propertiesRule,
  comparisonsRule,
  conditionsRule,
  inputTypesRule,
  inputNamesRule,
  contextsRule,
  textsRule,
  actionReferencesRule,
  scriptsRule,
  loopsRule,
  variablesRule,
  variableValuesRule,
  unusedVariablesRule,
  parametersRule,
  parameterValuesRule,
  connectionsRule,
  operationsRule,
  appSettingsRule,
  artifactsRule,
  workflowSecretsRule,
  agentParametersRule,
  limitsRule,
];

export const projectRules: readonly ProjectRule[] = [
  projectFilesRule,
  connectionShapesRule,
  projectParameterValuesRule,
  projectAppSettingsRule,
  connectionSecretsRule,
];
