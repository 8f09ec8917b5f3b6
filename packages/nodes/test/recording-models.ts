/** Models that remember what is set aside and charged, and have budgets of the test's choice. */
import { memoryModels } from "../src/ai/memory-models.ts";
import type { Charge, Models, Reservation, ReserveRequest } from "../src/ai/models.ts";
import type { AiSettings } from "../src/ai/settings.ts";

export interface RecordingModels extends Models {
  readonly reserved: ReserveRequest[];
  readonly charges: Charge[];
  readonly toppedUp: Parameters<Models["topUp"]>[0][];
  /** Pieces of live text by sub-step, and how each text ended. */
  readonly pieces: Map<string, string[]>;
  /** Set aside and not settled. */
  readonly open: number;
}

/** @param refuse what is said to a reservation instead of yes; it sees the top-ups so far */
export function recordingModels(
  settings: AiSettings,
  refuse: (request: ReserveRequest, toppedUp: number) => Reservation | undefined = () => undefined,
): RecordingModels {
  const reserved: ReserveRequest[] = [];
  const charges: Charge[] = [];
  const toppedUp: Parameters<Models["topUp"]>[0][] = [];
  const pieces = new Map<string, string[]>();
  const open = new Set<string>();
  return {
    ...memoryModels(settings),
    reserved,
    charges,
    toppedUp,
    pieces,
    get open() {
      return open.size;
    },
    reserve(request) {
      reserved.push(request);
      const id = String(reserved.length);
      const amount = toppedUp.reduce((total, topUp) => total + topUp.amount, 0);
      const refusal = refuse(request, amount);
      if (refusal === undefined) open.add(id);
      return Promise.resolve(refusal ?? { kind: "reserved", id });
    },
    settle(id, charge) {
      open.delete(id);
      charges.push(charge);
      return Promise.resolve((charge.inputTokens + charge.outputTokens) / 1_000_000);
    },
    topUp(request) {
      toppedUp.push(request);
      return Promise.resolve();
    },
    live(call) {
      const written = pieces.get(call) ?? [];
      pieces.set(call, written);
      return { write: (delta) => void written.push(delta), end: (outcome) => void written.push(`<${outcome}>`) };
    },
  };
}
