import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, it } from "vitest";
import { example } from "../flow/flow.fixture.ts";
import { translator } from "../words/use-words.tsx";
import { dataShown } from "./data-cards.ts";
import { dataReads } from "./data-reads.ts";
import { dataWords } from "./data-words.ts";

const flow = example("refund");
const source = { flow, manifests: builtinManifests, t: translator(dataWords, "en") };

it("knows what each node reads, and of whom", () => {
  const reads = dataReads(flow, new Map(builtinManifests.map((manifest) => [manifest.type, manifest])));
  expect(reads.get("eligible")).toEqual([
    { from: "analyze", path: "isEligible" },
    { from: "order", path: "body.refundable" },
    { from: "proposal", path: "amount" },
  ]);
  expect(reads.get("order")).toEqual([{ from: "start", path: "orderId" }]);
  expect(reads.has("escalated")).toBe(false);
});

it("tells it on every card, where none is chosen", () => {
  const { card, told } = dataShown({ ...source, chosen: undefined });
  expect(card("eligible").sentence).toBe(
    "Reads **isEligible** from Analyse the request; **body.refundable** from Read the order; **amount** from Cap the amount",
  );
  expect(card("escalated").sentence).toBe("Reads nothing of other cards");
  expect(told).toBeUndefined();
});

it("tells what the chosen card reads and gives, and pales the others", () => {
  const { card, told } = dataShown({ ...source, chosen: "payout" });
  expect(card("approval").sentence).toBe("Gives **data.amount** to Set the payout");
  expect(card("refund").sentence).toBe("Reads **amount**, **currency** from Set the payout");
  expect(card("rejection")).toEqual({ dim: true });
  expect(told).toContain("Set the payout: Reads data.amount from Manager approval");
});
