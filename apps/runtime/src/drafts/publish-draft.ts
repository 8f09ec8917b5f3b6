/** Publishing what was edited: the scenarios are carried out first, and a failing one refuses it. */
import type pg from "pg";
import { type FlowDocument, walkNodes } from "@holdfast/dsl";
import { Problem } from "../problem/problem.ts";
import type { Caller, PublishDraft } from "../services/services.ts";
import { type PublishContext, publishFlow, type Published } from "../services/publish-flow.ts";
import { draftMoved } from "./follow-version.ts";
import { runScenarios, type ScenarioOutcome } from "./run-scenarios.ts";
import { readDocument } from "./known-documents.ts";
import { openDraft } from "./stored-draft.ts";

/** @throws Problem: `invalid_flow`, `scenarios_failed`, `draft_moved` */
export async function publishDraft(
  context: PublishContext,
  caller: Caller,
  id: string,
  { revision, note, despite, replaces }: PublishDraft,
): Promise<Published> {
  const draft = await openDraft(context.database, caller.workspace, id);
  if (draft.revision !== revision) throw draftMoved(draft.revision);
  return publishFlow(context, caller, {
    id,
    document: draft.document,
    draftRevision: revision,
    ...(replaces === undefined ? {} : { replaces }),
    ...(note === undefined ? {} : { note }),
    ...(despite === true ? {} : { inspect: (flow) => refuseFailing(context, caller.workspace, flow) }),
  });
}

/** The scenarios of a draft as it stands, without publishing it. @throws Problem */
export async function tryScenarios(
  context: PublishContext,
  workspace: number,
  flow: FlowDocument,
): Promise<readonly ScenarioOutcome[]> {
  const flows = await invokedFlows(context.database, workspace, flow);
  return runScenarios({ flow, flows, manifests: context.manifests });
}

async function refuseFailing(context: PublishContext, workspace: number, flow: FlowDocument): Promise<void> {
  const outcomes = await tryScenarios(context, workspace, flow);
  const failed = outcomes.flatMap((outcome, index) => (outcome.passed ? [] : [{ ...outcome, index }]));
  const [first] = failed;
  if (first === undefined) return;
  throw new Problem(
    422,
    "scenarios_failed",
    failed.length === 1
      ? `The scenario “${first.name}” fails.`
      : `${failed.length} of ${outcomes.length} scenarios fail.`,
    {
      pointer: `/tests/${first.index}`,
      hint: "Repair the flow or the scenario, or publish despite it",
      issues: failed.flatMap(({ index, failures }) =>
        failures.map(({ pointer, message }) => ({
          code: "scenario_failed",
          pointer: `/tests/${index}${pointer}`,
          message,
        })),
      ),
      details: {
        passed: outcomes.length - failed.length,
        failed: failed.map(({ name, index, failures }) => ({
          name,
          index,
          failures: failures.map(({ pointer, message }) => ({ pointer, message })),
        })),
      },
    },
  );
}

/** The live documents of the flows that it invokes, and of those that they do. */
async function invokedFlows(
  database: pg.Pool,
  workspace: number,
  flow: FlowDocument,
): Promise<readonly FlowDocument[]> {
  const flows = new Map<string, FlowDocument>([[flow.id, flow]]);
  let wanted = invokedBy(flow);
  while (wanted.some((id) => !flows.has(id))) {
    const found = await database.query<{ document: string }>(
      `select v.document from holdfast.flows f join holdfast.flow_versions v on v.flow = f.ref and v.version = f.live_version
        where f.workspace = $1 and f.id = any($2)`,
      [workspace, wanted.filter((id) => !flows.has(id))],
    );
    const documents = found.rows.map(({ document }) => readDocument(document));
    if (documents.length === 0) break;
    for (const document of documents) flows.set(document.id, document);
    wanted = documents.flatMap(invokedBy);
  }
  return [...flows.values()];
}

const invokedBy = (flow: FlowDocument): readonly string[] =>
  [...walkNodes(flow)].flatMap(({ node }) => {
    const invoked = node.type === "invoke" ? node.params["flow"] : undefined;
    return typeof invoked === "string" ? [invoked] : [];
  });
