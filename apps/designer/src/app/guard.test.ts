import { describe, expect, it } from "vitest";
import { guardPage, homeOf, safeTarget } from "./guard.ts";
import { navigationFor } from "./navigation.ts";

describe("guardPage", () => {
  it("lets who has signed in go on", () => {
    expect(guardPage({ signedIn: true, setUp: true }, "/runs")).toBeUndefined();
  });
  it("asks to sign in, and keeps where the person wanted to go", () => {
    expect(guardPage({ signedIn: false, setUp: true }, "/runs/7QX?tab=input")).toEqual({
      to: "/sign-in",
      search: { to: "/runs/7QX?tab=input" },
    });
  });
  it("keeps nothing of the first page", () => {
    expect(guardPage({ signedIn: false, setUp: true }, "/")).toEqual({ to: "/sign-in", search: {} });
  });
  it("sends nobody to sign in who is on the way there", () => {
    expect(guardPage({ signedIn: false, setUp: true }, "/sign-in?to=%2Fruns")).toBeUndefined();
  });
  it("sets up first", () => {
    expect(guardPage({ signedIn: false, setUp: false }, "/runs")).toEqual({ to: "/welcome" });
  });
});

describe("safeTarget", () => {
  it.each(["/runs", "/runs?status=failed", "/flows/refund#approval"])("takes %s", (to) => {
    expect(safeTarget(to)).toBe(to);
  });
  it.each([
    undefined,
    "",
    "runs",
    "https://elsewhere.example/",
    "//elsewhere.example/",
    String.raw`/\elsewhere.example`,
    "/\t/elsewhere.example",
    "/..//elsewhere.example",
    "mailto:somebody@elsewhere.example",
    "/sign-in?to=/runs",
    "/welcome",
  ])("leaves %j", (to) => {
    expect(safeTarget(to)).toBeUndefined();
  });
});

describe("the first page", () => {
  it.each([
    { roles: ["manager"], inbox: true, home: "/inbox" },
    { roles: ["manager"], inbox: false, home: "/flows" },
    { roles: ["manager", "analyst"], inbox: true, home: "/flows" },
    { roles: [], inbox: true, home: "/flows" },
  ])("of $roles is $home", ({ roles, inbox, home }) => {
    expect(homeOf(roles, { inbox })).toBe(home);
  });
});

describe("the navigation", () => {
  const person = (roles: readonly string[], may: readonly "audit.read"[] = []) => ({
    person: { id: "1", name: "A", email: "a@b.c", roles, groups: [] },
    may,
  });
  it("shows the pages that exist, in the order of the house", () => {
    const there = new Set(["/runs", "/flows", "/settings/$section", "/health"]);
    const items = navigationFor(person(["analyst"]), (path) => there.has(path));
    expect(items.map(({ place }) => place)).toEqual(["flows", "runs", "health", "settings"]);
  });
  it("shows the audit to whoever may read it", () => {
    const places = (may: readonly "audit.read"[]): readonly string[] =>
      navigationFor(person(["administrator"], may), () => true).map(({ place }) => place);
    expect(places([])).not.toContain("audit");
    expect(places(["audit.read"])).toContain("audit");
  });
  it("shows managers without other rights the inbox and nothing else", () => {
    const items = navigationFor(person(["manager"]), () => true);
    expect(items.map(({ place }) => place)).toEqual(["inbox"]);
  });
});
