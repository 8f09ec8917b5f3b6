/**
 * `up` as somebody without rights of their own. Where the tests run as an ordinary user, all others show that it works;
 * where they run as root, it is started as an ordinary one here.
 */
import { chmod, chown, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { canReach, isRoot } from "../src/embedded-postgres/account.ts";
import { HoldfastProcess, readDemo } from "./support/holdfast-process.ts";

/** Nobody in particular: an account needs no entry anywhere to have a folder and processes. */
const ORDINARY = { uid: 65_534, gid: 65_534 };
const as = isRoot() ? ORDINARY : undefined;

/** A checkout in a folder that only root may enter can't be run by anybody else. */
const reachable =
  (await canReach(import.meta.filename, as)) &&
  (await canReach(process.execPath, as)) &&
  (await canReach(tmpdir(), as));

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "holdfast-ordinary-"));
  await chmod(dir, 0o755);
});
afterEach(async () => {
  await chmod(dir, 0o755);
  await rm(dir, { recursive: true, force: true });
});

test.skipIf(!isRoot() || !reachable)("it runs in a folder of one's own", { timeout: 120_000 }, async () => {
  const data = join(dir, "data");
  await mkdir(data);
  await chown(data, ORDINARY.uid, ORDINARY.gid);
  const up = await HoldfastProcess.up(data, { HOME: data }, as);
  const ready = await fetch(`${up.url}/readyz`);
  const demo = await readDemo(data);
  const owners = [await stat(join(data, "demo.json")), await stat(join(data, "postgres"))].map(({ uid }) => uid);
  const code = await up.end("SIGTERM");
  expect({ status: ready.status, url: demo.url, owners, code }).toEqual({
    status: 200,
    url: up.url,
    owners: [ORDINARY.uid, ORDINARY.uid],
    code: 0,
  });
});

test.skipIf(!reachable)("a folder that one may not write is told in one line", { timeout: 60_000 }, async () => {
  await chmod(dir, 0o555);
  const started = HoldfastProcess.up(join(dir, "data"), { HOME: dir }, as);
  await expect(started).rejects.toThrow(/^it ended with 1: holdfast: [^\n]+$/);
  await expect(started).rejects.toThrow(dir);
  await expect(started).rejects.toThrow("permission denied");
});
