/**
 * Functions that the platform knows only at certain places. Sources: Microsoft's function reference ("action", "listCallbackUrl"),
 * and agent workflows, where agentParameters() belongs to the tools of an agent.
 */
import { expressionsOf, walk } from '../../expressions/ast';
import type { Call, ParsedTemplate } from '../../expressions/ast';
import type { Site } from '../../workflow/sites';
import { sitePointer } from '../../workflow/sites';
import { enclosing } from '../../workflow/graph';
import type { WorkflowRule } from '../rule';

interface Restriction {
  readonly isAllowed: (site: Site) => boolean;
  readonly message: string;
}

const restrictions: ReadonlyMap<string, Restriction> = new Map([
  [
    'action',
    {
      isAllowed: (site: Site) => site.path[0] === 'trackedProperties' || isWebhook(site) || isUntilCondition(site),
      message:
        'action() is the action itself once it has ended: it can be used in trackedProperties, in the condition of an Until and in webhooks.',
    },
  ],
  [
    'listcallbackurl',
    {
      isAllowed: isWebhook,
      message: 'listCallbackUrl() is the address to call back: only webhook triggers and actions have one.',
    },
  ],
  [
    'agentparameters',
    {
      isAllowed: isInAgent,
      message: 'agentParameters() can only be used in the tools of an Agent.',
    },
  ],
]);

export const contextsRule: WorkflowRule = {
  name: 'contexts',
  reach: 'order',
  *check({ document, workflow, due }) {
    const { expressions } = document;
    for (const site of due.sites()) {
      for (const { call, restriction } of restrictedCalls(site.parsed)) {
        if (restriction.isAllowed(site)) continue;
        const range = expressions.rangeOf(site, { start: call.start, end: call.start + call.name.length });
        yield { code: 'expression-context', range, path: sitePointer(workflow, site), message: restriction.message };
      }
    }
  },
};

interface RestrictedCall {
  readonly call: Call;
  readonly restriction: Restriction;
}

const none: readonly RestrictedCall[] = [];
const known = new WeakMap<ParsedTemplate, readonly RestrictedCall[]>();

function restrictedCalls(parsed: ParsedTemplate): readonly RestrictedCall[] {
  let calls = known.get(parsed);
  if (calls === undefined) {
    const found: RestrictedCall[] = [];
    for (const expression of expressionsOf(parsed.template)) {
      walk(expression, (node) => {
        const restriction = node.kind === 'call' ? restrictions.get(node.name.toLowerCase()) : undefined;
        if (node.kind === 'call' && restriction !== undefined) found.push({ call: node, restriction });
      });
    }
    calls = found.length === 0 ? none : found;
    known.set(parsed, calls);
  }
  return calls;
}

/** Operations that subscribe; types that are not known get the benefit of the doubt. */
function isWebhook({ owner }: Site): boolean {
  return owner !== undefined && /webhook|notification/i.test(owner.type);
}

function isUntilCondition({ owner, path }: Site): boolean {
  return owner?.type === 'Until' && path[0] === 'expression';
}

function isInAgent({ owner }: Site): boolean {
  return owner?.role === 'action' && [owner, ...enclosing(owner)].some((each) => each.type === 'Agent');
}
