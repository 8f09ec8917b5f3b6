/** The thread on which large documents are checked. */
import type { NodeManifest } from "@holdfast/dsl";
import { checkHere, type Answer, type Order } from "./checker.ts";

let known: readonly NodeManifest[] = [];

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  const { number, flow, flows, manifests = known } = data;
  known = manifests;
  const answer: Answer = { number, issues: checkHere({ flow, manifests, ...(flows !== undefined && { flows }) }) };
  postMessage(answer);
});
