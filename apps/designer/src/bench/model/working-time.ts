/** Whether a flow counts anything in working time. */
import { isJsonObject, walkNodes, type FlowDocument, type Json } from "@holdfast/dsl";

export const usesWorkingTime = (flow: FlowDocument): boolean =>
  [...walkNodes(flow)].some(({ node }) => {
    const { inbox } = node.params;
    if (!isJsonObject(inbox)) return false;
    const { due, reminders, escalation } = inbox;
    return [due, ...listOf(reminders), ...listOf(escalation).map(afterOf)].some(isJsonObject);
  });

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const afterOf = (rung: Json): Json | undefined => (isJsonObject(rung) ? rung["after"] : undefined);
