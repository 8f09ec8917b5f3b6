/** A person says whether the model may use a tool, with these arguments or others. */
import { isJsonObject, type JsonObject } from "@holdfast/dsl";
import type { DurableContext } from "../../action.ts";
import type { ResolvedTool } from "./resolved-tool.ts";
import type { AskParams } from "./tool-params.ts";

export type Word =
  | { readonly may: true; readonly arguments: JsonObject; readonly by: string | undefined }
  /** `why` is told to the model. */
  | { readonly may: false; readonly why: string };

export interface Wish {
  /** Of the wait. */
  readonly name: string;
  readonly tool: ResolvedTool;
  readonly ask: AskParams;
  readonly arguments: JsonObject;
}

export async function askPerson(context: Pick<DurableContext, "wait">, wish: Wish): Promise<Word> {
  const { ask, tool } = wish;
  const { name, description } = tool.params;
  const { roles = [], groups = [], people = [] } = ask.assignTo ?? {};
  const { outcome, data, comment, by } = await context.wait({
    name: wish.name,
    inbox: {
      title: ask.question ?? `May the model use “${name}”?`,
      // A stranger's words may be in the arguments: they are shown as facts and in fields, never as what somebody says.
      context: { [WISH]: wishText(wish.arguments), tool: name, purpose: description, ...tool.fixed },
      aiFacts: [WISH],
      assignTo: { roles, groups, people },
      form: tool.input,
      prefill: wish.arguments,
      columns: namesIn(tool.input).slice(0, COLUMNS),
      notRequester: ask.notRequester,
      reasonFor: ["rejected"],
    },
    outcomes: [{ outcome: "approved" }, { outcome: "rejected" }],
    ...(ask.timeout !== undefined && { timeout: ask.timeout }),
  });
  if (outcome === "approved") {
    return { may: true, arguments: isJsonObject(data) ? data : wish.arguments, by: nameOf(by) };
  }
  if (outcome === "timeout") return { may: false, why: "Nobody has allowed it in time." };
  const reason = comment === undefined || comment === "" ? "" : ` The reason: ${comment}`;
  return { may: false, why: `A person has refused it.${reason}` };
}

/** A name that no fixed value has: it holds a space, and theirs are names of settings. */
const WISH = "the model asks for";

/** What the model filled in, as plain text. */
function wishText(wanted: JsonObject): string {
  const lines = Object.entries(wanted).map(
    ([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return lines.length === 0 ? "(nothing)" : lines.join("\n");
}

/** In the inbox's list there is room for so many. */
const COLUMNS = 3;

function namesIn({ properties }: JsonObject): readonly string[] {
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

/** Whoever decided, as people know them. */
function nameOf(by: JsonObject | undefined): string | undefined {
  const { name, id } = by ?? {};
  if (typeof name === "string") return name;
  return typeof id === "string" ? id : undefined;
}
