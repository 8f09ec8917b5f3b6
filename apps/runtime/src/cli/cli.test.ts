/** Commands against an app with fake services behind a real port, and those that need no server. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ApiFixture } from "../../test/support/api-fixture.ts";
import { runCommand, type CommandWorld } from "../../test/support/run-command.ts";
import { SAMPLE } from "../../test/support/sample-rows.ts";
import { listen, type Listener } from "./serve/listener.ts";

const EXAMPLES = fileURLToPath(new URL("../../../../examples", import.meta.url));

let api: ApiFixture;
let listener: Listener;
let dir: string;
let world: CommandWorld;

beforeAll(async () => {
  api = await ApiFixture.create();
  listener = await listen("127.0.0.1", 0);
  listener.serve(api.app);
  dir = await mkdtemp(join(tmpdir(), "holdfast-cli-"));
  world = { env: { HOLDFAST_URL: listener.url, HOLDFAST_API_KEY: api.key("administrator") }, cwd: dir };
});
afterAll(async () => {
  await listener.close(0);
  await api[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});
beforeEach(async () => {
  api.services.calls.length = 0;
  await writeFile(join(dir, "note.txt"), "hello");
});

describe("talking to a server", () => {
  test.each([
    [
      ["start", "greeting", "-i", '{"name":"Ada"}', "--idempotency-key", "k", "--flow-version", "2"],
      "startRun",
      { flow: "greeting", input: { name: "Ada" }, idempotencyKey: "k", version: 2 },
    ],
    [["send", "a/b", "-d", '{"x":1}', "--id", "e1"], "acceptEvents", [{ name: "a/b", data: { x: 1 }, id: "e1" }]],
    [["runs", "cancel", SAMPLE.waiting, "--terminate"], "cancelRun", SAMPLE.waiting],
    [["runs", "pause", SAMPLE.waiting], "pauseRun", SAMPLE.waiting],
    [["runs", "resume", SAMPLE.waiting], "resumeRun", SAMPLE.waiting],
    [["runs", "retry", SAMPLE.failed], "retryRun", SAMPLE.failed],
    [["runs", "skip", SAMPLE.waiting, SAMPLE.wait, "approved"], "skipWait", SAMPLE.waiting],
    [
      ["tasks", "decide", SAMPLE.task, "approved", "-d", '{"loud":false}', "-c", "fine"],
      "decideTask",
      { task: SAMPLE.task, outcome: "approved", data: { loud: false }, comment: "fine" },
    ],
    [["tasks", "take-back", SAMPLE.task], "takeBackDecision", SAMPLE.task],
    [
      ["tasks", "decide-many", "approved", SAMPLE.task, "other", "-c", "fine"],
      "decideMany",
      { outcome: "approved", tasks: [{ id: SAMPLE.task }, { id: "other" }], comment: "fine" },
    ],
    [["tasks", "claim", SAMPLE.task], "claimTask", SAMPLE.task],
    [["tasks", "release", SAMPLE.task], "releaseTask", SAMPLE.task],
    [
      ["tasks", "delegate", SAMPLE.task, "ada@example.com", "--hand-over", "--reason", "away"],
      "delegateTask",
      { task: SAMPLE.task, to: "ada@example.com", kind: "handOver", reason: "away" },
    ],
    [["tasks", "end-delegation", SAMPLE.task], "endDelegation", SAMPLE.task],
    [["tasks", "comment", SAMPLE.task, "hello"], "commentOnTask", SAMPLE.task],
    [
      ["tasks", "attach", SAMPLE.task, "note.txt", "--type", "text/plain"],
      "addTaskFile",
      { task: SAMPLE.task, name: "note.txt", type: "text/plain", content: Buffer.from("hello") },
    ],
    [
      ["incidents", "resolve", SAMPLE.incident, "complete", "-o", '{"ok":true}'],
      "resolveIncident",
      { incident: SAMPLE.incident, action: "complete", output: { ok: true } },
    ],
  ])("%j", async (args, name, argument) => {
    const { code, err } = await runCommand(args, world);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(api.services.last?.name).toBe(name);
    expect(api.services.last?.args[1]).toEqual(argument);
  });

  test.each([
    [["runs"], SAMPLE.waiting],
    [["runs", "--status", "failed"], SAMPLE.failed],
    [["runs", "list", "-q", "order-7"], SAMPLE.completed],
    [["runs", "show", SAMPLE.waiting], "approved (greeting/approved)"],
    [["tasks"], "Greet Ada?"],
    [["tasks", "show", SAMPLE.task], "approved or rejected"],
    [["incidents"], "unknown_outcome"],
    [["keys"], "administrator"],
  ])("%j tells", async (args, text) => {
    const plain = await runCommand(args, world);
    expect(plain).toMatchObject({ code: 0, err: "", out: expect.stringContaining(text) });
    const json = await runCommand([...args, "--json"], world);
    expect(() => JSON.parse(json.out)).not.toThrow();
  });

  test("a task tells that what it shows was said by the offline model", async () => {
    const told = async (): Promise<string> => (await runCommand(["tasks", "show", SAMPLE.task], world)).out;
    expect(await told()).not.toContain("offline");
    const setOffline = "update holdfast.tasks set ai_offline = $2 where id = $1";
    await api.pool.query(setOffline, [SAMPLE.task, true]);
    expect(await told()).toMatch(/^Greet Ada\?.*\nAI {2}offline: no language model is set up/);
    await api.pool.query(setOffline, [SAMPLE.task, false]);
  });

  test("a task's file is written into a new file", async () => {
    const id = "019a8f3e-0000-7000-8000-000000000071";
    await api.pool.query(
      `insert into holdfast.task_files (id, task, actor, name, type, size, hash, content)
       values ($1, $2, 'key:k1', 'a.txt', 'text/plain', 5, sha256('hello'), 'hello')`,
      [id, SAMPLE.task],
    );
    const download = ["tasks", "download", SAMPLE.task, id, "got.txt"];
    expect(await runCommand(download, world)).toMatchObject({ code: 0, out: "5 bytes in got.txt" });
    expect(await readFile(join(dir, "got.txt"), "utf8")).toBe("hello");
    expect(await runCommand(download, world)).toMatchObject({ code: 1, err: expect.stringContaining("there already") });
    await api.pool.query("delete from holdfast.task_files");
  });

  test("deploy publishes a file under its own id", async () => {
    await writeFile(join(dir, "x.flow.json"), '{"dsl":1,"id":"x"}');
    expect(await runCommand(["deploy", "x.flow.json"], world)).toMatchObject({ code: 0, out: "x version 1 is live" });
    expect(api.services.last?.args.slice(1)).toEqual(["x", { dsl: 1, id: "x" }]);
  });

  test("deploy publishes several files, which may run each other, in any order", async () => {
    const running = (id: string, flow: string): object => ({ dsl: 1, id, nodes: { a: { params: { flow } } } });
    await writeFile(join(dir, "one.flow.json"), JSON.stringify(running("one", "two")));
    await writeFile(join(dir, "two.flow.json"), JSON.stringify(running("two", "three")));
    const message = "There is no such flow yet.";
    api.services.warnings = [{ code: "unknown_flow", pointer: "/nodes/a/params/flow", message }];
    const { code, out } = await runCommand(["deploy", "one.flow.json", "two.flow.json"], world);
    expect({ code, lines: out.split("\n") }).toEqual({
      code: 0,
      lines: ["one version 1 is live", "two version 1 is live", `  warning  /nodes/a/params/flow  ${message}`],
    });
    const json: unknown = JSON.parse(
      (await runCommand(["deploy", "two.flow.json", "one.flow.json", "--json"], world)).out,
    );
    expect(json).toMatchObject([
      { flow: "two", warnings: [{ code: "unknown_flow" }] },
      { flow: "one", warnings: [] },
    ]);
    api.services.warnings = [];
  });

  test("deploy publishes nothing if one of the files is none", async () => {
    await writeFile(join(dir, "one.flow.json"), '{"dsl":1,"id":"one"}');
    expect(await runCommand(["deploy", "one.flow.json", "nope.json"], world)).toMatchObject({ code: 1 });
    expect(api.services.calls).toEqual([]);
  });

  test("values come from files and standard input as well", async () => {
    await writeFile(join(dir, "data.json"), '{"from":"file"}');
    await runCommand(["send", "a", "-d", "@data.json"], world);
    expect(api.services.last?.args[1]).toEqual([{ name: "a", data: { from: "file" } }]);
    await runCommand(["send", "a", "-d", "-"], { ...world, stdin: '{"from":"stdin"}' });
    expect(api.services.last?.args[1]).toEqual([{ name: "a", data: { from: "stdin" } }]);
  });

  test("keys are created, work, and are revoked", async () => {
    const { out: key } = await runCommand(["keys", "create", "script", "--scopes", "runs:read"], world);
    const scripted = { ...world, env: { ...world.env, HOLDFAST_API_KEY: key } };
    expect((await runCommand(["runs"], scripted)).code).toBe(0);
    expect((await runCommand(["keys", "revoke", key.split("_")[2] ?? ""], world)).out).toBe("Revoked");
    expect((await runCommand(["runs"], scripted)).err).toContain("revoked");
  });
});

describe("one clear line, and an exit code", () => {
  test.each([
    ["an unknown run", ["runs", "show", "nope"], 'there is no run "nope"'],
    ["a path in an id", ["runs", "show", "../../healthz"], "there is no run"],
    ["a wrong key", ["runs", "--key", "nope"], "not known"],
    ["no server", ["runs", "--url", "http://127.0.0.1:1"], "no Holdfast answers at http://127.0.0.1:1"],
    ["no address", ["runs", "--url", "nowhere"], "not the address of a server"],
    ["broken JSON", ["send", "a", "-d", '{"x":'], "--data"],
    ["no such file", ["deploy", "nope.json"], "there is no such file"],
    ["a folder", ["deploy", "."], "it is a folder"],
    ["a version that is none", ["start", "x", "--flow-version", "one"], "--flow-version"],
  ])("%s", async (_, args, text) => {
    const { code, err, out } = await runCommand(args, world);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.split("\n")).toHaveLength(1);
    expect(err).toMatch(/^holdfast: /);
    expect(err).toContain(text);
  });

  test("with --json the error is JSON", async () => {
    const { code, err } = await runCommand(["runs", "show", "nope", "--json"], world);
    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ error: { code: "run_not_found" } });
  });

  test("what is not understood exits with 2", async () => {
    expect((await runCommand(["dance"], world)).code).toBe(2);
    expect((await runCommand(["runs", "--loud"], world)).code).toBe(2);
  });

  test.each([
    ["an unknown option", ["runs", "--loud", "--json"], "unknown option '--loud'"],
    ["an unknown option of a command's command", ["runs", "show", "x", "--loud", "--json"], "unknown option '--loud'"],
    ["an option without its value", ["start", "x", "--json", "-i"], "argument missing"],
    ["a missing argument", ["runs", "show", "--json"], "missing required argument 'run'"],
    ["an argument too many", ["doctor", "now", "--json"], "too many arguments"],
    ["an unknown command", ["dance", "--json"], "unknown command 'dance'"],
    ["an unknown command of a command", ["tasks", "dance", "--json"], "dance"],
    ["no command", ["--json"], "--json"],
  ])("with --json so is %s, as JSON", async (_, args, text) => {
    const { code, err, out } = await runCommand(args, world);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(JSON.parse(err)).toEqual({ error: { code: "usage", message: expect.stringContaining(text) } });
    expect(err.split("\n")).toHaveLength(1);
  });

  test("help and version are no errors", async () => {
    expect(await runCommand(["--help"], world)).toMatchObject({ code: 0, out: expect.stringContaining("doctor") });
    expect(await runCommand(["--version"], world)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });

  test("without any server it says how to tell one", async () => {
    const { err } = await runCommand(["runs"], { cwd: dir });
    expect(err).toContain("HOLDFAST_URL");
  });

  test("the demo's key goes to no other server", async () => {
    const { err } = await runCommand(["runs", "--url", "http://example.com"], { cwd: dir });
    expect(err).toContain("holdfast: ");
    expect(err).not.toContain("no Holdfast answers");
  });

  test("every bad variable is told", async () => {
    const { code, err } = await runCommand(["up"], { env: { HOLDFAST_PORT: "x", DATABASE_URL: "y" } });
    expect(code).toBe(1);
    expect(err).toContain("HOLDFAST_PORT must be");
    expect(err).toContain("DATABASE_URL must be");
  });

  test("a bad option is told by its own name", async () => {
    const { code, err } = await runCommand(["up", "--port", "x"], { env: {} });
    expect(code).toBe(1);
    expect(err).toContain("--port must be");
  });

  test("a port in use shows at once", async () => {
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
    const address = busy.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    const { code, err } = await runCommand(["up", "--port", port, "--data", join(dir, "data")], { cwd: dir });
    busy.close();
    expect(code).toBe(1);
    expect(err.split("\n")).toEqual([expect.stringContaining(`port ${port} is in use`)]);
  });

  test.each(["up", "server", "worker"])(
    "%s says that the database does not answer, without its password",
    async (command) => {
      const env = { DATABASE_URL: "postgres://ada:secret-password@127.0.0.1:1/x" };
      const args = command === "worker" ? [command] : [command, "--port", "0"];
      const { code, err } = await runCommand(args, { cwd: dir, env });
      expect(code).toBe(1);
      expect(err.split("\n")).toEqual([expect.stringContaining("see that it runs and that DATABASE_URL is right")]);
      expect(err).not.toContain("secret-password");
    },
  );

  test("the demo listens on this computer only", async () => {
    const { err } = await runCommand(["up", "--demo", "--host", "0.0.0.0"], { cwd: dir });
    expect(err).toContain("127.0.0.1 only");
  });

  test("a server without a database says so", async () => {
    expect((await runCommand(["server"], { cwd: dir })).err).toContain("DATABASE_URL");
    expect((await runCommand(["doctor"], { cwd: dir })).err).toContain("DATABASE_URL");
  });
});

describe("without a server", () => {
  test("a valid flow is valid, and its tests pass", async () => {
    const file = join(EXAMPLES, "refund.flow.json");
    expect(await runCommand(["validate", file])).toMatchObject({ code: 0, err: "" });
    const { code, out } = await runCommand(["test", file]);
    expect(code).toBe(0);
    expect(out).toMatch(/\d+ passed, 0 failed$/);
  });

  test("every problem is told with its pointer", async () => {
    await writeFile(
      join(dir, "bad.flow.json"),
      JSON.stringify({
        dsl: 1,
        id: "bad",
        name: "Bad",
        nodes: { a: { type: "nope", params: {} } },
        edges: [],
        color: "red",
      }),
    );
    const { code, out, err } = await runCommand(["validate", "bad.flow.json"], world);
    expect(code).toBe(1);
    expect(out).toContain("/color");
    expect(out).toContain("/nodes/a");
    expect(err).toContain("bad.flow.json has");
    const json = await runCommand(["validate", "bad.flow.json", "--json"], world);
    expect(JSON.parse(json.out)).toMatchObject({
      valid: false,
      issues: expect.arrayContaining([expect.objectContaining({ pointer: "/color" })]),
    });
  });

  test("a failing test fails the command", async () => {
    const flow = {
      dsl: 1,
      id: "one",
      name: "One",
      triggers: [{ type: "call" }],
      nodes: { done: { type: "end", params: { output: 1 } } },
      edges: [{ from: "start", to: "done" }],
      tests: [{ name: "two", input: {}, expect: { output: 2 } }],
    };
    await writeFile(join(dir, "one.flow.json"), JSON.stringify(flow));
    const { code, out, err } = await runCommand(["test", "one.flow.json"], world);
    expect(code).toBe(1);
    expect(out).toContain("FAILED  two");
    expect(out).toContain("0 passed, 1 failed");
    expect(err).toContain("1 of 1 tests");
  });

  test("broken JSON is told with its place", async () => {
    await writeFile(join(dir, "broken.json"), '{\n  "dsl": 1,\n  oops\n}');
    const { err } = await runCommand(["validate", "broken.json"], world);
    expect(err).toContain("broken.json:3:3 is not JSON");
  });
});
