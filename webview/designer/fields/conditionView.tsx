/** A condition as an indented list, each group with the word that joins it. */
import type { ReactElement } from 'react';
import { Template } from './code';
import { conditionText } from './condition';
import type { Condition } from './condition';

export function ConditionView({ condition }: { readonly condition: Condition }): ReactElement {
  switch (condition.kind) {
    case 'text':
      return <Template value={condition.text} />;
    case 'comparison':
      return <Template value={`@${conditionText(condition)}`} />;
    case 'not':
      return (
        <div className="condition-group">
          <span className="condition-join">not</span>
          <ConditionView condition={condition.part} />
        </div>
      );
    case 'group':
      if (condition.parts.length === 1 && condition.parts[0] !== undefined) {
        return <ConditionView condition={condition.parts[0]} />;
      }
      return (
        <div className="condition-group">
          {condition.parts.length === 0 ? <p className="field-nothing">Always true</p> : null}
          {condition.parts.map((part, index) => (
            <div key={index} className="condition-part">
              {index === 0 ? null : <span className="condition-join">{condition.join}</span>}
              <ConditionView condition={part} />
            </div>
          ))}
        </div>
      );
  }
}
