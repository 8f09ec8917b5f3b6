/** What a simulation starts from. */
import type { Answer, ControlNode, FlowDocument, Json } from "@holdfast/dsl";
import type { ManifestLookup } from "../compile-plan.ts";

/** By node id. A list answers one attempt (or one iteration) after the other; its last answer stays. */
export type Answers = { readonly [node: string]: Answer | readonly Answer[] };

/** Who does something. */
export interface SimulatedActor {
  readonly kind?: string;
  readonly id: string;
  readonly name?: string;
}

export interface SimulationSetup {
  readonly flow: FlowDocument;
  readonly manifests: ManifestLookup;
  /** The behaviors of the control nodes, by type. */
  readonly controls: ReadonlyMap<string, ControlNode>;
  /** When the run starts, milliseconds since the epoch. */
  readonly now: number;
  /** The run's input, unless an event starts it. `{}` if neither is given. */
  readonly input?: Json;
  /** The event that starts the run; the trigger's mapping gives the input. */
  readonly trigger?: { readonly event: string; readonly data: Json; readonly by?: SimulatedActor };
  readonly answers?: Answers;
  /** Nodes of which each answer is used once: after the last one they are asked about again. */
  readonly once?: ReadonlySet<string>;
  /** Nothing happens by itself: `step` does one thing, `rest` all. */
  readonly stepwise?: boolean;
  /** Other flows that `invoke` may run, by id. */
  readonly flows?: ReadonlyMap<string, FlowDocument>;
  /** Part of the back-off that retries wait, in [0, 1). 0, the default: none of it. */
  readonly jitter?: number;
  /** Commands after which it is given up, since the flow never comes to rest. 1,000,000 by default. */
  readonly mostCommands?: number;
}
