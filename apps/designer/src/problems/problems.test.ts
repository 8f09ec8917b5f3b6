import { readFileSync, readdirSync } from "node:fs";
import { ISSUE_CODES, parseFlow, validateFlow, type FlowDocument, type Issue } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, test } from "vitest";
import { translator } from "../words/use-words.tsx";
import { example } from "../bench/model/test-world.fixture.ts";
import { fieldPointer } from "../expression-field/field-check.ts";
import { groupProblems, repairPlace, stepTo } from "./groups.ts";
import { issueText, issueWords } from "./issue-words.ts";

const uk = translator(issueWords, "uk");
const en = translator(issueWords, "en");

/** The refund without the edge by which its approval times out. */
function broken(): FlowDocument {
  const flow = example("refund");
  return { ...flow, edges: flow.edges.filter(({ from, port }) => from !== "approval" || port !== "timeout") };
}

const issuesOf = (flow: unknown): readonly Issue[] => validateFlow(flow, builtinManifests).issues;

describe("words", () => {
  test.each(Object.keys(ISSUE_CODES))("%s has words", (code) => {
    expect(issueWords.uk).toHaveProperty(code);
    expect(issueWords.en).toHaveProperty(code);
  });

  const folder = new URL("../../../../packages/dsl/fixtures/invalid/", import.meta.url);
  test.each(readdirSync(folder))("of %s are Ukrainian and have no holes", (name) => {
    const read: unknown = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
    const document = typeof read === "object" && read !== null && "document" in read ? read.document : undefined;
    for (const issue of issuesOf(document)) {
      const text = issueText(issue, uk);
      expect(text).not.toMatch(/\{[a-z]+\}|«»/);
      expect(issueText(issue, en)).toMatch(/[.!?]$/);
    }
  });

  test("say what to do", () => {
    const issue = issuesOf(broken()).find(({ code }) => code === "unconnected_port");
    expect(issue && issueText(issue, en)).toBe(
      "“timeout” of “approval” leads nowhere. Connect it, or end the run there.",
    );
    expect(issue && issueText(issue, uk)).toContain("нікуди не веде");
  });

  describe("name fields and cards as people see them", () => {
    const flow: FlowDocument = {
      ...example("refund"),
      nodes: {
        ask: {
          type: "wait.event",
          name: "Manager",
          params: { outcomes: [{ port: "yes", event: "" }], inbox: { title: "", assignTo: { roles: ["manager"] } } },
        },
        call: { type: "http.request", params: {} },
      },
      edges: [{ from: "start", to: "ask" }],
    };
    const source = { flow, manifests: builtinManifests };
    const said = (language: "en" | "uk", at: typeof source | "field"): readonly string[] =>
      issuesOf(flow).map((issue) => issueText(issue, language === "en" ? en : uk, at));

    test("in the list of problems", () => {
      expect(said("en", source)).toEqual(
        expect.arrayContaining([
          "“Question” must not be empty.",
          expect.stringMatching(/^“Answers 1: Event” must /),
          "Something that the node needs is missing: Address.",
          "“yes” leads nowhere. Connect it, or end the run there.",
          "No way leads here from the start.",
        ]),
      );
      expect(said("uk", source)).toEqual(
        expect.arrayContaining([
          "«Запитання»: це не може бути порожнім.",
          "Вихід «так» нікуди не веде. З’єднайте його або завершіть запуск тут.",
        ]),
      );
    });

    test("at the field itself, which says its name", () => {
      expect(said("en", "field")).toEqual(expect.arrayContaining(["Must not be empty.", "This is needed."]));
      expect(said("uk", "field")).toEqual(
        expect.arrayContaining(["Це не може бути порожнім.", "Це потрібно заповнити."]),
      );
      const missing = issuesOf(flow).find(({ code }) => code === "missing_param");
      expect(missing && fieldPointer(missing)).toBe("/nodes/call/params/url");
    });
  });

  test("of unknown codes are the problem's own", () => {
    expect(issueText({ code: "new", severity: "error", pointer: "", message: "it is new" }, uk)).toBe("It is new.");
  });
});

describe("groups", () => {
  test("are by node, the flow last", () => {
    const flow = { ...broken(), triggers: [] };
    const groups = groupProblems(flow, issuesOf(flow));
    expect(groups.map(({ key }) => key)).toContain("node approval");
    expect(groups.at(-1)?.kind).not.toBe("node");
    expect(parseFlow(flow).ok).toBe(true);
  });

  test("are walked round and round", () => {
    const flow = { ...broken(), triggers: [] };
    const all = groupProblems(flow, issuesOf(flow)).flatMap(({ problems }) => problems);
    const [first] = all;
    expect(stepTo(all, undefined, 1)).toBe(first);
    expect(stepTo(all, first?.issue, -1)).toBe(all.at(-1));
    expect(stepTo(all, all.at(-1)?.issue, 1)).toBe(first);
    expect(stepTo([], undefined, 1)).toBeUndefined();
  });
});

test.each([
  ["/nodes/mail/params/to", "field"],
  ["/nodes/each/params/body/nodes/mail/params/to", "field"],
  ["/nodes/each/params/body/nodes/mail", "canvas"],
  ["/nodes/mail", "canvas"],
  ["/edges/3/port", "canvas"],
  ["/settings/requester", "field"],
  ["/triggers/0/event", "field"],
  ["/tests/1/expect", "bench"],
])("a problem at %s is repaired in the %s", (pointer, place) => {
  expect(repairPlace({ code: "unknown_node", severity: "error", pointer, message: "" })).toBe(place);
});
