import { expect, test } from "vitest";
import { routes } from "./routes.ts";
import { describeApi } from "./openapi.ts";

/** Everything in a description, by its pointer. */
function* walk(value: unknown, pointer = "#"): Generator<readonly [string, unknown]> {
  yield [pointer, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    yield* walk(item, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

const description = JSON.parse(JSON.stringify(describeApi(routes, "1.2.3")));
const everything = new Map(walk(description));

test("is OpenAPI 3.1 with every route, none left out and none made up", () => {
  expect(description.openapi).toBe("3.1.0");
  const described = Object.entries(description.paths).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => `${method} ${path}`),
  );
  expect(described.toSorted()).toEqual(routes.map((route) => `${route.method} /api/v1${route.path}`).toSorted());
});

test("every reference leads somewhere", () => {
  const references = [...everything].filter(([pointer]) => pointer.endsWith("/$ref")).map(([, target]) => target);
  expect(references.length).toBeGreaterThan(50);
  for (const reference of references) expect([...everything.keys()]).toContain(reference);
});

test("every operation has an id of its own, a summary, its key, its answer and its problems", () => {
  const ids = new Set<string>();
  for (const item of Object.values(description.paths)) {
    for (const operation of Object.values(item ?? {})) {
      expect(operation).toMatchObject({
        operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
        summary: expect.stringMatching(/\S/),
        security: [{ apiKey: [] }],
        responses: { 401: expect.anything(), default: { content: { "application/problem+json": expect.anything() } } },
      });
      ids.add(operation.operationId);
      const { responses } = operation;
      const good = Object.keys(responses).filter((status) => status.startsWith("2"));
      expect(good).toHaveLength(1);
      const types = Object.keys(responses[good[0] ?? ""].content ?? {});
      const json = good[0] === "204" ? [] : ["application/json"];
      expect(types).toEqual(operation.operationId === "getTasksIdFilesFile" ? ["application/octet-stream"] : json);
    }
  }
  expect(ids.size).toBe(routes.length);
});

test("every parameter of an address is described", () => {
  for (const [path, item] of Object.entries(description.paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    for (const operation of Object.values(item ?? {})) {
      const described = (operation.parameters ?? [])
        .filter((parameter: { in: string }) => parameter.in === "path")
        .map((parameter: { name: string }) => parameter.name);
      expect(new Set(described)).toEqual(new Set(names));
    }
  }
});

test("every schema says what it is", () => {
  for (const [pointer, schema] of everything) {
    if (!/\/schemas\/[^/]+$/.test(pointer)) continue;
    // An extended view is told as what it extends and what it adds.
    const parts = typeof schema === "object" && schema !== null && "allOf" in schema ? schema.allOf : [schema];
    expect(parts, pointer).toContainEqual(expect.objectContaining({ type: "object" }));
  }
});
