/** Where an instruction stands: its node among the current ones, the variables in force, and the rule it belongs to. */
import type { XmlNode } from '../../../language/expressions/xml/nodes';
import type { ExpandedName } from '../../../language/expressions/xml/xpath/ast';
import type { XPathContext, XPathFunction, XPathScope } from '../../../language/expressions/xml/xpath/evaluate';
import type { XPathValue } from '../../../language/expressions/xml/xpath/values';
import type { TemplateRule } from './stylesheet';

interface Binding {
  readonly name: string;
  readonly value: XPathValue;
  readonly outer: Binding | undefined;
}

/** What frames of one transformation share. */
export interface FrameOwner {
  global(name: string): XPathValue | undefined;
  function(name: ExpandedName, frame: Frame): XPathFunction | undefined;
}

export class Frame implements XPathScope {
  private constructor(
    private readonly owner: FrameOwner,
    readonly node: XmlNode,
    readonly position: number,
    readonly size: number,
    private readonly bindings: Binding | undefined,
    readonly rule: TemplateRule | undefined,
    readonly mode: string,
  ) {}

  static first(owner: FrameOwner, node: XmlNode): Frame {
    return new Frame(owner, node, 1, 1, undefined, undefined, '');
  }

  get context(): XPathContext {
    return { node: this.node, position: this.position, size: this.size, scope: this };
  }

  /** The same place with one more variable. */
  with(name: string, value: XPathValue): Frame {
    const { owner, node, position, size, bindings, rule, mode } = this;
    return new Frame(owner, node, position, size, { name, value, outer: bindings }, rule, mode);
  }

  /** Another node with the same variables, as inside xsl:for-each. */
  at(node: XmlNode, position: number, size: number): Frame {
    return new Frame(this.owner, node, position, size, this.bindings, undefined, this.mode);
  }

  /** The beginning of a template: no variables but those of the top level. */
  enter(node: XmlNode, position: number, size: number, rule: TemplateRule | undefined, mode: string): Frame {
    return new Frame(this.owner, node, position, size, undefined, rule, mode);
  }

  variable({ uri, local }: ExpandedName): XPathValue | undefined {
    const name = uri === null ? local : `{${uri}}${local}`;
    for (let each = this.bindings; each !== undefined; each = each.outer) {
      if (each.name === name) return each.value;
    }
    return this.owner.global(name);
  }

  function(name: ExpandedName): XPathFunction | undefined {
    return this.owner.function(name, this);
  }
}
