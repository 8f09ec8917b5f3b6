import { describe, expect, test } from "vitest";
import {
  type DecidingPerson,
  type Delegation,
  mayDecideNow,
  rightToDecide,
  type Standing,
  type TaskOfRight,
  wouldLoop,
} from "./standing.ts";

const person = (id: string, roles: readonly string[] = ["manager"]): DecidingPerson => ({
  id,
  name: id.toUpperCase(),
  email: `${id}@example.com`,
  roles,
  groups: [],
});
const PEOPLE = [person("ana"), person("bob"), person("cem"), person("dee", ["viewer"]), person("eva", ["viewer"])];

const task: TaskOfRight = {
  assignTo: { people: [], roles: ["manager"], groups: [] },
  notRequester: true,
  requester: "cem@example.com",
};

const around = (more: Partial<Standing> = {}): Standing => ({
  people: new Map(PEOPLE.map((one) => [one.id, one])),
  delegations: [],
  absences: [],
  earlier: new Set(),
  votes: [],
  claim: undefined,
  ...more,
});

const gave = (from: string, to: string, kind: Delegation["kind"] = "delegate"): Delegation => ({ from, to, kind });

/** `yes`, `for ana`, or why not. */
function told(who: string, more: Partial<Standing> = {}, of: TaskOfRight = task): string {
  const right = mayDecideNow(of, who, around(more));
  if (!right.may) return right.code;
  return right.onBehalfOf === null ? "yes" : `for ${right.onBehalfOf}`;
}

describe("by themselves", () => {
  test.each([
    ["ana", "yes"],
    ["cem", "requester_may_not_decide"],
    ["dee", "not_assigned"],
    ["nobody", "not_a_person"],
  ])("%s: %s", (who, answer) => expect(told(who)).toBe(answer));

  test("who decided earlier may not", () => {
    expect(told("ana", { earlier: new Set(["ana"]) })).toBe("earlier_decider_may_not_decide");
  });

  test("people are named by id, address or actor", () => {
    for (const named of ["dee", " DEE@example.com", "person:dee"]) {
      const assignTo = { people: [named], roles: [], groups: [] };
      expect(told("dee", {}, { ...task, assignTo })).toBe("yes");
      expect(told("ana", {}, { ...task, assignTo })).toBe("not_assigned");
    }
  });
});

describe("delegation", () => {
  test("on behalf: whoever gave it still may", () => {
    const delegations = [gave("ana", "dee")];
    expect(told("dee", { delegations })).toBe("for ana");
    expect(told("ana", { delegations })).toBe("yes");
  });

  test("handing over: they may not any more", () => {
    const delegations = [gave("ana", "dee", "handOver")];
    expect(told("dee", { delegations })).toBe("for ana");
    expect(told("ana", { delegations })).toBe("handed_over");
  });

  test("is in vain from whoever may not decide themselves", () => {
    expect(told("eva", { delegations: [gave("dee", "eva")] })).toBe("not_assigned");
    expect(told("dee", { delegations: [gave("cem", "dee")] })).toBe("requester_may_not_decide");
    expect(told("dee", { delegations: [gave("ana", "dee")], earlier: new Set(["ana"]) })).toBe(
      "earlier_decider_may_not_decide",
    );
    expect(told("cem", { delegations: [gave("ana", "cem")] })).toBe("requester_may_not_decide");
  });

  test("is one step deep, unless it is handed over", () => {
    expect(told("eva", { delegations: [gave("ana", "dee"), gave("dee", "eva")] })).toBe("not_assigned");
    const handed = [gave("ana", "dee", "handOver"), gave("dee", "eva")];
    expect(told("eva", { delegations: handed })).toBe("for ana");
    const right = (who: string) => rightToDecide(task, who, around({ delegations: handed }));
    expect(right("dee")).toMatchObject({ may: true, holds: true });
    expect(right("eva")).toMatchObject({ may: true, holds: false });
  });

  test("a loop is known, and ends nothing for ever", () => {
    expect(wouldLoop([gave("ana", "bob", "handOver")], "bob", "ana")).toBe(true);
    expect(wouldLoop([gave("ana", "bob"), gave("bob", "dee")], "dee", "ana")).toBe(true);
    expect(wouldLoop([gave("ana", "bob")], "ana", "dee")).toBe(false);
    const circle = [gave("dee", "eva", "handOver"), gave("eva", "dee", "handOver")];
    expect(told("dee", { delegations: circle })).toBe("handed_over");
  });

  test("of somebody who is disabled has no force", () => {
    const people = new Map(PEOPLE.filter(({ id }) => id !== "ana").map((one) => [one.id, one]));
    expect(told("dee", { people, delegations: [gave("ana", "dee")] })).toBe("not_assigned");
  });
});

describe("absence", () => {
  const absences = [{ person: "ana", delegate: "dee" }];

  test("the delegate may decide for whoever is away, who still may", () => {
    expect(told("dee", { absences })).toBe("for ana");
    expect(told("ana", { absences })).toBe("yes");
    expect(told("eva", { absences: [...absences, { person: "dee", delegate: "eva" }] })).toBe("not_assigned");
  });

  test("one's own right comes first, and what was given to one before that", () => {
    const away = [{ person: "ana", delegate: "bob" }];
    expect(told("bob", { absences: away })).toBe("yes");
    expect(told("bob", { absences: away, delegations: [gave("ana", "bob")] })).toBe("for ana");
  });

  test("covers what was handed over to whoever is away, and not what they have handed over", () => {
    expect(
      told("eva", { delegations: [gave("ana", "dee", "handOver")], absences: [{ person: "dee", delegate: "eva" }] }),
    ).toBe("for ana");
    expect(told("dee", { delegations: [gave("ana", "bob", "handOver")], absences })).toBe("not_assigned");
  });
});

describe("now", () => {
  test("a claim keeps everybody else out, and tells who holds it", () => {
    const claim = { by: "ana", since: 0 };
    expect(told("ana", { claim })).toBe("yes");
    const right = mayDecideNow(task, "bob", around({ claim }));
    expect(right).toMatchObject({
      status: 409,
      code: "claimed",
      details: { by: "ana", name: "ANA", since: "1970-01-01T00:00:00.000Z" },
    });
    expect(told("bob", { claim: { by: "gone", since: 0 } })).toBe("yes");
  });

  test("each person has one vote, and each voice counts once", () => {
    const voted = (actor: string, onBehalfOf: string | null = null) => ({
      votes: [{ actor: `person:${actor}`, onBehalfOf, outcome: "yes" }],
    });
    expect(told("ana", voted("ana"))).toBe("already_voted");
    expect(told("ana", voted("dee", "ana"))).toBe("already_voted");
    expect(told("dee", { ...voted("ana"), delegations: [gave("ana", "dee")] })).toBe("already_voted");
    expect(told("bob", voted("ana"))).toBe("yes");
  });
});
