import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DSL_VERSION } from "../document/flow.ts";
import { parseFlow } from "../document/parse-flow.ts";
import { semanticHash } from "../document/semantic-hash.ts";
import { MIGRATIONS, UnsupportedFormatError, migrateDocument, migrateWith } from "./migrate-document.ts";

const formats = new URL("../../fixtures/formats/", import.meta.url);

interface Sample {
  readonly semanticHash: string;
  readonly document: { readonly dsl: number };
}

/** A sample is written once, when its format is published, and never touched again. */
function sample(file: string): Sample {
  return JSON.parse(readFileSync(new URL(file, formats), "utf8"));
}

describe("migrateDocument", () => {
  it("has a step from every format but today's, and a frozen sample of every format", () => {
    expect(MIGRATIONS.map(({ from }) => from)).toEqual(
      Array.from({ length: DSL_VERSION - 1 }, (_, index) => index + 1),
    );
    expect(readdirSync(formats).toSorted()).toEqual(
      Array.from({ length: DSL_VERSION }, (_, index) => `dsl-${index + 1}.json`),
    );
  });

  it.each(readdirSync(formats))("brings %s to today's format with the meaning that was recorded", (file) => {
    const { document, semanticHash: recorded } = sample(file);
    const parsed = parseFlow(migrateDocument(document));
    expect(parsed.ok && semanticHash(parsed.flow)).toBe(recorded);
  });

  it("refuses a newer format, and one that never was", () => {
    expect(() => migrateDocument({ dsl: DSL_VERSION + 1 })).toThrow(UnsupportedFormatError);
    expect(() => migrateDocument({ dsl: DSL_VERSION + 1 })).toThrow(/Update Holdfast/);
    expect(() => migrateDocument({ dsl: 0 })).toThrow(/There is no format 0/);
    expect(() => migrateDocument({ dsl: 0.5 })).toThrow(UnsupportedFormatError);
  });

  it.each([undefined, null, 1, "flow", [], {}, { dsl: "1" }])("gives %j back for parseFlow to refuse", (input) => {
    expect(migrateDocument(input)).toBe(input);
  });

  it("takes the steps one after the other and leaves the stored document alone", () => {
    const steps = [
      { from: 1, migrate: (document: object) => ({ ...document, one: true }) },
      { from: 2, migrate: (document: object) => ({ ...document, two: true }) },
    ];
    const stored = Object.freeze({ dsl: 1 });
    expect(migrateWith(steps, 3, stored)).toEqual({ dsl: 3, one: true, two: true });
    expect(migrateWith(steps, 3, { dsl: 2 })).toEqual({ dsl: 3, two: true });
  });
});
