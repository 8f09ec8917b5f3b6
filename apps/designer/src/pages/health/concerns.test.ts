import { expect, it } from "vitest";
import { concernsOf, type Health } from "./concerns.ts";
import { sizeText } from "./size-text.ts";

const worker = {
  id: 1,
  host: "a",
  pid: 1,
  startedAt: "",
  seenAt: "",
  silentMs: 0,
  works: true,
  alive: true,
  nodeTypes: {},
  runs: 0,
};
const well: Health = {
  now: "2026-03-01T00:00:00.000Z",
  aheadMs: 0,
  workers: [worker],
  queue: { waiting: 0, locked: 0, failed: 0, oldestMs: null },
  runs: { moving: 0, stranded: 0 },
  timers: { total: 0, due: 0, oldestDueMs: null, nextAt: null },
  openTasks: 0,
  openIncidents: 0,
  database: { version: "18", bytes: 1, connections: 1, maxConnections: 100 },
  tables: [],
  migrations: [],
  version: "0",
  viewers: 0,
};

it.each([
  { name: "nothing", health: well, kinds: [] },
  { name: "nobody who works", health: { ...well, workers: [{ ...worker, works: false }] }, kinds: ["noWorker"] },
  { name: "a process that is gone", health: { ...well, workers: [{ ...worker, alive: false }] }, kinds: ["noWorker"] },
  { name: "runs held by nobody", health: { ...well, runs: { moving: 1, stranded: 2 } }, kinds: ["stranded"] },
  {
    name: "what is late",
    health: { ...well, timers: { ...well.timers, oldestDueMs: 60_000 }, queue: { ...well.queue, oldestMs: 60_000 } },
    kinds: ["lateTimer", "lateJob"],
  },
])("tells of $name", ({ health, kinds }) => {
  expect(concernsOf(health).map(({ kind }) => kind)).toEqual(kinds);
});

it("writes sizes", () => {
  expect([0, 900, 2048, 5 * 1024 ** 3].map((bytes) => sizeText(bytes, "en"))).toEqual([
    "0 byte",
    "900 byte",
    "2 kB",
    "5 GB",
  ]);
});
