import { describe, expect, it } from "vitest";
import { initials } from "./avatar.tsx";
import { rowsFor } from "./combobox.tsx";
import { keyText } from "./kbd.tsx";
import { explain } from "./problem.ts";
import { passed, segments } from "./time-rail.tsx";
import { DAY, durationText, relativeText } from "./time.ts";

const HOUR = DAY / 24;

describe("times", () => {
  it.each([
    { ms: 2 * DAY + 21 * HOUR, en: "2 d 21 h", uk: "2 д 21 год" },
    { ms: 3 * HOUR, en: "3 h", uk: "3 год" },
    { ms: 3_900, en: "3.9 s", uk: "3,9 с" },
    { ms: 72_000, en: "1 min 12 s", uk: "1 хв 12 с" },
    { ms: 340, en: "340 ms", uk: "340 мс" },
    { ms: 0, en: "0 ms", uk: "0 мс" },
  ])("$ms ms is $en", ({ ms, en, uk }) => {
    expect(durationText(ms, "en")).toBe(en);
    expect(durationText(ms, "uk")).toBe(uk);
  });

  const now = new Date(2026, 10, 24, 12, 0);
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  it.each([
    { ms: 2_000, text: "just now" },
    { ms: 5 * 60_000, text: "5 min ago" },
    { ms: 26 * HOUR, text: "1 d ago" },
    { ms: -2 * DAY, text: "in 2 d" },
    { ms: 9 * DAY, text: "15 Nov, 12:00" },
  ])("$ms ms before is $text", ({ ms, text }) => {
    expect(relativeText(before(ms), now, "en")).toBe(text);
  });
});

describe("the time rail", () => {
  it.each([
    { total: 7, count: 7 },
    { total: 1.5, count: 2 },
    { total: 100, count: 1 },
    { total: 0, count: 1 },
  ])("has $count segments for $total units", ({ total, count }) => {
    expect(segments(total)).toBe(count);
  });
  it("fills one segment after the other", () => {
    expect([0, 1, 2].map((at) => passed(at, 1.25))).toEqual([1, 0.25, 0]);
  });
});

it.each([
  { name: "Ana Petrenko", text: "AP" },
  { name: "ana@harbour.example", text: "AH" },
  { name: "Оля", text: "О" },
  { name: "", text: "" },
])("writes $name as $text", ({ name, text }) => {
  expect(initials(name)).toBe(text);
});

it("reads ⌘ as Ctrl off the Mac", () => {
  expect(keyText("⌘K", true)).toBe("⌘K");
  expect(keyText("⌘K", false)).toBe("Ctrl K");
});

describe("a combobox", () => {
  const options = [{ value: "EUR", label: "Euro" }];
  it("offers what was typed only where that is allowed", () => {
    expect(rowsFor(options, "USD", "last").map(({ value }) => value)).toEqual(["EUR", "USD"]);
    expect(rowsFor(options, "USD", false).map(({ value }) => value)).toEqual(["EUR"]);
    expect(rowsFor(options, "Euro", true).map(({ value }) => value)).toEqual(["EUR"]);
  });
  it("offers first what Enter is to take: what was typed, and nothing that only holds it", () => {
    const names = ["payments-old", "payments"].map((name) => ({ value: name, label: name }));
    expect(rowsFor(names, "pay", true)[0]).toMatchObject({ value: "pay", custom: true });
    expect(rowsFor(names, "payments", true).map(({ value }) => value)).toEqual(["payments", "payments-old"]);
  });
});

describe("an error", () => {
  it("speaks with the words of its problem", () => {
    const error = Object.assign(new Error("failed"), {
      data: { problem: { title: "No such flow", hint: "Look in the archive" } },
    });
    expect(explain(error)).toEqual({ what: "No such flow", todo: "Look in the archive" });
  });
  it("of another kind shows where it came from", () => {
    expect(explain(new Error("broken")).trace).toContain("broken");
    expect(explain("text")).toEqual({ what: "text" });
  });
});
