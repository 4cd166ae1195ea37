/** Send to batch: gives a message to a workflow with a Batch trigger. Source: "Send, receive, and process batch messages". */
import { isObject, objectOf } from '../../language/json/value';
import type { Value } from '../../language/json/value';
import { StepFailure, succeeded } from '../engine/failure';
import { textOf } from '../engine/text';
import type { ActionHandler } from './handler';
import { calledWorkflow } from './workflow';

export const sendToBatch: ActionHandler = {
  type: 'SendToBatch',
  mockable: true,
  external: true,
  start(step) {
    const inputs = step.record.inputs ?? step.inputs();
    const members = isObject(inputs) ? inputs : new Map<string, Value>();
    const { name: workflow, trigger } = calledWorkflow(inputs, step.name);
    const batchName = members.get('batchName');
    if (typeof batchName !== 'string' || batchName === '') {
      throw new StepFailure('InvalidTemplate', `The action '${step.name}' names no batch in "batchName".`);
    }
    const { batches, ports } = step.run.services;
    const partition = members.get('partitionName') ?? null;
    const messageId = members.get('messageId') ?? null;
    const failure = batches?.add({
      workflow,
      ...(trigger === undefined ? {} : { trigger }),
      batchName,
      ...(partition === null ? {} : { partitionName: textOf(partition) }),
      messageId: messageId === null ? ports.ids.guid() : textOf(messageId),
      content: members.get('content') ?? null,
      origin: [step.run.runId, step.name, ...step.activation.repetition].join('/'),
    });
    if (failure !== undefined) throw new StepFailure(failure.code, failure.message);
    return succeeded(objectOf({ statusCode: 202 }), 'Accepted');
  },
};
