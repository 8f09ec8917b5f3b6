// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { RunDetails } from "../../rpc/outputs.ts";
import { RunPill } from "./run-pill.tsx";

const standing: RunDetails["run"]["standing"] = {
  kind: "running",
  node: null,
  nodeName: null,
  since: "2026-03-01T09:30:00.000Z",
  until: null,
  reminded: [],
  text: null,
  taskId: null,
  task: null,
  incidentId: null,
};

it("tells what is being done, from the first step on", () => {
  const run = { status: "running", error: null, standing } as const;
  const { rerender } = render(<RunPill run={run} at={["Read the order"]} />);
  expect(screen.getByText("Read the order")).toBeDefined();
  rerender(<RunPill run={run} at={["Read the order", "Ask the bank"]} />);
  expect(screen.getByText("Read the order, Ask the bank")).toBeDefined();
  rerender(<RunPill run={run} at={[]} />);
  expect(screen.getByText("At its first step")).toBeDefined();
});

it("says that a run is paused, also while it waits", () => {
  const waits = { ...standing, kind: "task", node: "ask", nodeName: "Ask the manager" } as const;
  render(<RunPill run={{ status: "paused", error: null, standing: waits }} at={[]} />);
  expect(screen.getByText("Paused at Ask the manager")).toBeDefined();
});
