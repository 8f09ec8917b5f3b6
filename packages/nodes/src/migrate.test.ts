import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineNode } from "./define-node.ts";
import { migrateParams } from "./migrate.ts";

const migrations = {
  1: ({ name, ...rest }: { [key: string]: unknown }) => ({ ...JSON.parse(JSON.stringify(rest)), person: String(name) }),
  3: (params: object) => ({ ...params, polite: true }),
};

describe("params of an older version", () => {
  it("go from version to version; one that nobody speaks of has the same", () => {
    const params = { name: "{{ input.name }}", loud: true };
    expect(migrateParams(migrations, { from: 1, to: 4 }, params)).toEqual({
      person: "{{ input.name }}",
      loud: true,
      polite: true,
    });
    expect(migrateParams(migrations, { from: 3, to: 4 }, params)).toEqual({ ...params, polite: true });
    expect(migrateParams(undefined, { from: 1, to: 2 }, params)).toEqual(params);
    expect(params).toEqual({ name: "{{ input.name }}", loud: true });
  });

  it("are left alone by a migration that changes what it is given", () => {
    const params = { list: [1] };
    const shout = {
      1: (given: { list?: unknown }) => (Array.isArray(given.list) ? (given.list.push(2), { list: 3 }) : {}),
    };
    expect(migrateParams(shout, { from: 1, to: 2 }, params)).toEqual({ list: 3 });
    expect(params).toEqual({ list: [1] });
  });

  it("become params, or nothing", () => {
    const wrong = { 1: () => JSON.parse("[1]") };
    expect(() => migrateParams(wrong, { from: 1, to: 2 }, {})).toThrow(/version 1 does not give params/);
  });

  it("are what a node type says", () => {
    const node = defineNode({
      type: "acme.greet",
      version: 2,
      title: "Greet",
      description: "Says hello.",
      icon: "hand",
      category: "action",
      params: z.strictObject({ person: z.string() }),
      output: z.string(),
      sentence: "Greet {person}",
      examples: [],
      migrate: { 1: ({ name = "" }) => ({ person: name }) },
      execute: async ({ params }) => params.person,
    });
    expect(migrateParams(node.migrate, { from: 1, to: 2 }, { name: "Ada" })).toEqual({ person: "Ada" });
  });
});
