/** The demo's passwords are known and its pages open: it starts on this computer alone, however another is named. */
import { expect, test } from "vitest";
import { runCommand } from "../../test/support/run-command.ts";

const world = { env: {}, cwd: "/nowhere" };

test.each([
  "0.0.0.0",
  "::",
  "[::]",
  "192.168.1.5",
  "::ffff:10.0.0.1",
  "2130706433",
  "127.0.0.1.example.com",
  "localhost.example.com",
  "example.com",
])("it does not listen on %s, by option or by variable", async (host) => {
  const refused = { code: 1, err: expect.stringMatching(/it listens on 127\.0\.0\.1 only/) };
  expect(await runCommand(["up", "--demo", "--host", host], world)).toMatchObject(refused);
  expect(await runCommand(["up", "--demo"], { ...world, env: { HOLDFAST_HOST: host } })).toMatchObject(refused);
});

test("it stands behind no public address", async () => {
  const env = { HOLDFAST_PUBLIC_URL: "https://holdfast.example.com" };
  const refused = { code: 1, err: expect.stringMatching(/the demo has known passwords/) };
  expect(await runCommand(["up", "--demo"], { ...world, env })).toMatchObject(refused);
});
