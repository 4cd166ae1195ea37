/** What the expressions of a trigger see: parameters, and the trigger's own result once there is one. */
import { objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { ParameterContext } from '../engine/parameters';
import type { ParameterValues } from '../engine/parameters';
import type { EngineServices } from '../engine/services';
import type { TriggerPlan } from '../engine/plan';

export class TriggerContext extends ParameterContext {
  constructor(
    values: ParameterValues,
    private readonly services: EngineServices,
    private readonly workflowName: string,
    private readonly plan: TriggerPlan,
    private readonly outputs: Value | undefined,
    private readonly url?: string,
  ) {
    super(values, () => services.ports.clock.now(), services.ports.ids);
  }

  override trigger(): ObjectValue {
    return objectOf({ name: this.plan.name, status: 'Succeeded', outputs: this.outputs });
  }

  override callbackUrl(): string {
    return this.url ?? this.services.addresses.trigger(this.workflowName, this.plan.name);
  }

  override workflow(): ObjectValue {
    return objectOf({
      id: `/workflows/${this.workflowName}`,
      name: this.workflowName,
      location: this.services.location,
    });
  }
}
