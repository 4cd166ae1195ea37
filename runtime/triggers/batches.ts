/**
 * The Batch trigger: collects messages that Send to batch actions give it, and fires when a batch's release criteria are met.
 * Source: "Send, receive, and process batch messages", limits of "Limits and configuration".
 */
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import type { BatchMessage, Batches } from '../engine/contract';
import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/failure';
import { numberOf } from '../engine/numbers';
import type { TriggerPlan } from '../engine/plan';
import { anyCase } from '../engine/settings';
import type { Failure } from '../events';
import type { BatchMessages } from './batchMessages';
import type { TriggerDispatcher } from './dispatcher';

/** A batch is released at the latest with so many messages. */
const MOST_MESSAGES = 8000;
/** Or so many bytes. */
const MOST_BYTES = 80 * 1024 * 1024;
const PARTITION = 'DEFAULT';

/** The batches of a trigger by name, with their release criteria. */
export function batchConfigurations(engine: Engine, workflow: string, trigger: TriggerPlan): ObjectValue {
  const node = anyCase(trigger.inputsNode, 'configurations');
  const value = node && trigger.template(node).evaluate(engine.triggerContext(workflow, trigger, undefined));
  const found = new Map<string, Value>();
  for (const [name, each] of isObject(value) ? value : []) {
    const criteria = isObject(each) ? each.get('releaseCriteria') : undefined;
    found.set(name, isObject(criteria) ? criteria : new Map<string, Value>());
  }
  return found;
}

export class BatchCollector implements Batches {
  constructor(
    private readonly messages: BatchMessages,
    private readonly engine: () => Engine,
    private readonly dispatcher: () => TriggerDispatcher,
  ) {}

  add(message: BatchMessage): Failure | undefined {
    const engine = this.engine();
    let trigger;
    try {
      trigger = engine.trigger(message.workflow, message.trigger);
    } catch (error) {
      if (error instanceof EngineError) return { code: error.code, message: error.message };
      throw error;
    }
    if (trigger.type.toLowerCase() !== 'batch') {
      return {
        code: 'WorkflowTriggerNotFound',
        message: `The trigger '${trigger.name}' of workflow '${message.workflow}' is no Batch trigger.`,
      };
    }
    const configurations = batchConfigurations(engine, message.workflow, trigger);
    const criteria = configurations.get(message.batchName);
    if (!isObject(criteria)) {
      const names = [...configurations.keys()].map((name) => `'${name}'`).join(', ');
      return {
        code: 'BatchNotFound',
        message: `The trigger '${trigger.name}' of workflow '${message.workflow}' has no batch '${message.batchName}'; it has ${names || 'none'}.`,
      };
    }
    const partition = message.partitionName ?? PARTITION;
    const key = keyOf(message.workflow, trigger, message.batchName);
    const { count, size } = this.messages.add(key, partition, message);
    const mostMessages = numberOf(criteria.get('messageCount')) ?? MOST_MESSAGES;
    const mostBytes = numberOf(criteria.get('batchSize')) ?? MOST_BYTES;
    if (count >= Math.min(mostMessages, MOST_MESSAGES) || size >= Math.min(mostBytes, MOST_BYTES)) {
      this.#release(message.workflow, trigger, message.batchName, partition);
    }
    return undefined;
  }

  /** Releases what every partition of a batch holds, as its schedule asks. */
  release(workflow: string, trigger: TriggerPlan, batchName: string): void {
    for (const partition of this.messages.partitions(keyOf(workflow, trigger, batchName))) {
      this.#release(workflow, trigger, batchName, partition);
    }
  }

  #release(workflow: string, trigger: TriggerPlan, batchName: string, partitionName: string): void {
    const messages = this.messages.take(keyOf(workflow, trigger, batchName), partitionName);
    const items = messages.map(({ messageId, content }) => objectOf({ messageId, content }));
    const body = objectOf({ batchName, partitionName, items });
    this.dispatcher().fire(workflow, trigger.name, objectOf({ body }));
  }
}

/** Names of workflows match in any case. */
function keyOf(workflow: string, trigger: TriggerPlan, batchName: string): string {
  return `${workflow.toLowerCase()}/${trigger.name}/${batchName}`;
}
