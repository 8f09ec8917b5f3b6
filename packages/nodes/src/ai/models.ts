/** What a host gives to nodes that ask language models, besides the way to them. It belongs to one step of one run. */
import type { Json, JsonObject } from "@holdfast/dsl";
import type { AiSettings } from "./settings.ts";
import type { Budget, BudgetScope } from "./budget.ts";

/** Tokens of a call, as the provider counts them; 0 where it does not say. */
export interface TokenCounts {
  /** All that was read, cached ones included. */
  readonly inputTokens: number;
  /** Of them those that the provider had in its own cache, and charges less for. */
  readonly cachedInputTokens: number;
  /** All that was written, thoughts included. */
  readonly outputTokens: number;
}

/** A call that is about to be made. */
export interface ReserveRequest {
  /** The sub-step that makes it. */
  readonly call: string;
  /** As it is asked for: `gpt-5-mini`, `anthropic/claude-sonnet-5`. */
  readonly model: string;
  /** The most that it can cost: the prompt, estimated, and the longest answer. */
  readonly most: TokenCounts;
  readonly budget: Budget | undefined;
}

/** What was said to a reservation. */
export type Reservation =
  /** `id`: to be settled. */
  | { readonly kind: "reserved"; readonly id: string }
  /** Nothing was set aside, and the call must not be made. */
  | {
      readonly kind: "overrun";
      readonly scope: BudgetScope;
      readonly unit: "tokens" | "money";
      /** What is allowed, top-ups included; what is spent or set aside; what this call could take. Tokens, or US dollars. */
      readonly cap: number;
      readonly used: number;
      readonly wanted: number;
      /** Of `used`: what is set aside for calls under way, most of which is given back when they end. */
      readonly underWay: number;
      /** When the scope is over and the next one begins, if that comes by itself: the end of the day. Milliseconds. */
      readonly endsAt?: number;
    }
  /**
   * There is a budget in money, and nobody told what this model costs: nothing was set aside. Allowing more would not
   * help; another model of the list would, or a price in `HOLDFAST_AI_PRICES`.
   */
  | { readonly kind: "unpriced"; readonly model: string; readonly scope: BudgetScope };

/**
 * How a call ended. Tokens are what was really used, in a failed call too, where the provider told. `unknown`: it broke off
 * after it was sent, and nobody told what it took; the tokens are the most that it can have been.
 */
export interface Charge extends TokenCounts {
  readonly outcome: "answered" | "failed" | "unknown";
  /** The model that answered, which may be a dated version of the one that was asked for. */
  readonly model: string;
}

/** An answer that another step got for the same question. */
export interface KeptAnswer {
  readonly value: Json;
  /** Of the step that asked first. */
  readonly meta: JsonObject;
  /** How often it was given since, this time included. */
  readonly hits: number;
}

/** A text that is being written, for people who look on. What is told is cut into pieces of the host's own size. */
export interface LiveText {
  write(delta: string): void;
  /** Nothing follows. Told also when the call failed: what was written is void then. */
  end(outcome: "answered" | "failed"): void;
}

export interface Models {
  readonly settings: AiSettings;
  /** Sets tokens and money aside, in one transaction of its own over all scopes of the budget. */
  reserve(request: ReserveRequest): Promise<Reservation>;
  /** Replaces what was set aside by what it really was. @returns the cost in US dollars; null: the price is not known */
  settle(id: string, charge: Charge): Promise<number | null>;
  /** Lets the scope of an overrun have so much more, for as long as the scope lasts. Counts once for each `call`. */
  topUp(request: {
    readonly call: string;
    readonly scope: BudgetScope;
    readonly unit: "tokens" | "money";
    readonly amount: number;
    /** Who allowed it, where it is known: an actor as `kind:id`. */
    readonly by?: string | undefined;
  }): Promise<void>;
  /** An answer kept under the key, which is the hash of everything that makes the question. */
  recall(key: string): Promise<KeptAnswer | undefined>;
  /** Keeps an answer for others, for `forMs` milliseconds. */
  keep(key: string, answer: { readonly value: Json; readonly meta: JsonObject; readonly forMs: number }): Promise<void>;
  live(call: string): LiveText;
}
