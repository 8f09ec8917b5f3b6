/**
 * A second workspace in the same database. Whoever belongs to the first, with every role and every scope, tries every
 * procedure and every route with what belongs to the second: nothing of it is told, and no row of it changes.
 */
import type { AnyRouter } from "@trpc/server";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ROLES, SCOPES } from "../src/access/rights.ts";
import { createApi } from "../src/api/create-api.ts";
import type { Route } from "../src/api/route.ts";
import { routes } from "../src/api/routes.ts";
import { createKey } from "../src/keys/key-store.ts";
import { type Procedure, procedures } from "../src/rpc/procedures.ts";
import { appRouter } from "../src/rpc/router.ts";
import { beginSession } from "../src/session/session-store.ts";
import { type Elsewhere, makeElsewhere, MARK, NAMES } from "./support/elsewhere.ts";
import { SYSTEM_CALLER } from "./support/host-fixture.ts";
import { inputFor, type TextFor } from "./support/inputs.ts";
import { RpcFixture } from "./support/rpc-fixture.ts";
import { Visitor } from "./support/visitor.ts";

let holdfast: RpcFixture;
let elsewhere: Elsewhere;
let app: ReturnType<typeof createApi>;
let key: string;
let person: string;
let visitor: Visitor;

beforeAll(async () => {
  holdfast = await RpcFixture.create();
  const { database, services, live, manifests } = holdfast.hosts.host;
  elsewhere = await makeElsewhere(holdfast.hosts);
  const logger = pino({ level: "silent" });
  const jobsFetched = async (): Promise<boolean> => true;
  app = createApi({ services, live, database, nodeTypes: manifests, logger, version: "0", jobsFetched });
  ({ id: person } = (await holdfast.person("Mallory", ROLES)).person);
  key = (await createKey(database, SYSTEM_CALLER, { person, name: "test", scopes: SCOPES })).text;
  visitor = new Visitor({ app });
});
afterAll(() => holdfast[Symbol.asyncDispose]());

/** Written by the machinery as time goes by, or counted without a workspace. */
const APART: ReadonlySet<string> = new Set([
  "workers",
  "timers",
  "clock",
  "sign_in_tries",
  "door_entries",
  "door_secret",
]);

interface Table {
  readonly name: string;
  readonly owned: boolean;
}

let tables: readonly Table[] | undefined;

async function allTables(): Promise<readonly Table[]> {
  const { rows } = await holdfast.hosts.host.database.query<Table>(
    `select c.relname as name, exists (
              select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace' and a.attnum > 0) as owned
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'holdfast' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  return rows.filter(({ name }) => !APART.has(name));
}

/** Every row that has to do with the other workspace, by the table in which it stands. */
async function rowsOfElsewhere(): Promise<ReadonlyMap<string, readonly string[]>> {
  const pattern = [MARK, ...elsewhere.ids].join("|");
  tables ??= await allTables();
  const parts = tables.map(
    ({ name, owned }) =>
      `select '${name}' as name, array(
         select t::text from holdfast.${name} t where t::text ~ $1 ${owned ? "or workspace = $2" : ""} order by 1) as rows`,
  );
  const { rows } = await holdfast.hosts.host.database.query<{ name: string; rows: readonly string[] }>(
    parts.join(" union all "),
    [pattern, elsewhere.workspace],
  );
  return new Map(rows.map((table) => [table.name, table.rows]));
}

/** What is asked for by name belongs to a workspace; what is asked for by id, to all: each id is tried. */
function textFor(id: string): TextFor {
  return (name) => {
    if (name === "flow" || name === "flows") return NAMES.flow;
    if (name === "name" || name === "group" || name === "from") return NAMES.group;
    if (/^(?:since|until|cursor|before|text|note|reason|content|type|outcome|port|client|lastEventId)$/.test(name)) {
      return undefined;
    }
    // Whoever stands in for somebody is another.
    return name === "delegate" || name === "to" ? elsewhere.ids.find((other) => other !== id) : id;
  };
}

/** What an answer tells of the other workspace, beyond what was asked with. */
function toldOf(answer: string, asked: string): readonly string[] {
  return [MARK, ...elsewhere.ids].filter((secret) => answer.includes(secret) && !asked.includes(secret));
}

const { _def }: AnyRouter = appRouter;
/** What is sent is stored with the sender: an event may speak of anything. */
const TAKES_ANYTHING = /^(?:events\.send|\/events)$/;

const textsFor = (path: string, id: string): TextFor => (TAKES_ANYTHING.test(path) ? () => undefined : textFor(id));

const definition = z.object({ inputs: z.array(z.instanceof(z.ZodType)) });

/** One input for each id that could stand in it; for one that takes none, one. */
function inputsOf(path: string): readonly unknown[] {
  const procedure: unknown = Reflect.get(_def.procedures, path);
  const { inputs } = definition.parse(typeof procedure === "function" ? Reflect.get(procedure, "_def") : undefined);
  const tried = elsewhere.ids.map((id) =>
    inputs.length === 0
      ? undefined
      : Object.assign({}, ...inputs.map((schema) => inputFor(schema, textsFor(path, id)))),
  );
  return [...new Map(tried.map((input) => [JSON.stringify(input), input])).values()];
}

test("something of everything is there", async () => {
  const rows = await rowsOfElsewhere();
  const owned = (await allTables()).filter((table) => table.owned).map(({ name }) => name);
  const empty = owned.filter((table) => rows.get(table)?.length === 0);
  // What language models took, and what nobody there has.
  expect(empty).toEqual([
    "audit_heads",
    "model_answers",
    "model_budgets",
    "model_calls",
    "model_lookups",
    "model_top_ups",
    "sign_in_identities",
  ]);
  expect(elsewhere.ids.length).toBeGreaterThan(12);
});

/** A subscription that is refused says so as its first word. One that lists runs leaves out what is not here. */
async function called(
  path: string,
  type: Procedure["type"],
  input: unknown,
): Promise<{ status: number; text: string }> {
  if (type !== "subscription") {
    const { response } = await visitor[type === "query" ? "query" : "mutate"](path, input);
    return { status: response.status, text: await response.text() };
  }
  const { problem } = await visitor.subscribe(path, input);
  if (problem === undefined && path !== "runs.watch") throw new Error(`${path} listens elsewhere`);
  return { status: 200, text: JSON.stringify(problem ?? {}) };
}

// Their tokens are their right; and these would end the session that tries.
const OWN = /^(?:links|session)\./;

describe.each(procedures.filter(({ path }) => !OWN.test(path)).map((each) => [each.path, each] as const))(
  "%s",
  (path, { type }) => {
    test("tells and changes nothing elsewhere", async () => {
      const before = await rowsOfElsewhere();
      visitor.setCookie("holdfast-4400", await beginSession(holdfast.hosts.host.database, 1, person));
      for (const input of inputsOf(path)) {
        const asked = JSON.stringify(input) ?? "";
        const { status, text } = await called(path, type, input);
        expect(status, asked).toBeLessThan(500);
        expect(toldOf(text, asked), asked).toEqual([]);
      }
      expect(await rowsOfElsewhere()).toEqual(before);
    });
  },
);

const jsonBody = z.object({ content: z.object({ "application/json": z.object({ schema: z.instanceof(z.ZodType) }) }) });

const bodyOf = (route: Route): z.ZodType | undefined =>
  jsonBody.safeParse(route.description.request?.body).data?.content["application/json"].schema;

// It moves the time of the whole installation, in demo mode alone.
const tried = routes.filter(({ demoOnly }) => !demoOnly);

describe.each(tried.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))(
  "%s",
  (_, route) => {
    test("tells and changes nothing elsewhere", async () => {
      const before = await rowsOfElsewhere();
      const schema = bodyOf(route);
      for (const id of elsewhere.ids) {
        const named = route.path.replaceAll(/\{(\w+)\}/g, (_match, name: string) =>
          encodeURIComponent(route.path.startsWith("/flows") ? NAMES.flow : (textFor(id)(name) ?? id)),
        );
        const path = `/api/v1${named.replace(/versions\/.*/, "versions/1")}`;
        const sent = schema === undefined ? undefined : inputFor(schema, textsFor(route.path, id));
        const response = await app.request(`http://localhost:4400${path}`, {
          method: route.method.toUpperCase(),
          headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
          ...(sent === undefined || route.method === "get" ? {} : { body: JSON.stringify(sent) }),
        });
        expect(response.status, path).toBeLessThan(500);
        expect(toldOf(await response.text(), path + JSON.stringify(sent ?? "")), path).toEqual([]);
        if (!route.path.includes("{") && route.method === "get") break;
      }
      expect(await rowsOfElsewhere()).toEqual(before);
    });
  },
);

test("an event of one workspace starts and answers nothing in another", async () => {
  const before = await rowsOfElsewhere();
  const { services } = holdfast.hosts.host;
  const { order } = elsewhere;
  const events = ["elsewhere/answered", "elsewhere/asked"].map((name) => ({
    name,
    data: { order: order.slice(MARK.length) },
  }));
  await services.acceptEvents(SYSTEM_CALLER, events);
  await services.acceptEvents(SYSTEM_CALLER, [{ name: "elsewhere/answered", data: { order } }]);
  const after = await rowsOfElsewhere();
  for (const table of ["runs", "tasks", "waits", "steps"]) expect(after.get(table), table).toEqual(before.get(table));
});
