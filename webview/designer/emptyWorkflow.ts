/** The text of a workflow without triggers and actions, for an empty file. */
export function emptyWorkflowText(before: string): string {
  const text = `{
  "definition": {
    "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    "contentVersion": "1.0.0.0",
    "triggers": {},
    "actions": {},
    "outputs": {}
  },
  "kind": "Stateful"
}
`;
  return before.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
