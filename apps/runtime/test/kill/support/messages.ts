/** Between a test and the host in its process. */
import type { Json } from "@holdfast/dsl";
import type { Protocol } from "@holdfast/testkit/openai/server";
import type { Caller } from "../../../src/services/services.ts";
import type { Decide } from "../../../src/tasks/task-services.ts";

/** What a host is to be. */
export interface HostOfTest {
  readonly databaseUrl: string;
  readonly role: "all" | "server" | "worker";
  readonly capacity: number;
  readonly leaseMs: number;
  readonly sweepMs: number;
  readonly mailUrl: string;
  /** Of the role that flows use tables of the same database by. */
  readonly shopUrl: string;
  /** Where a chat's messages go. */
  readonly chatUrl: string;
  readonly ai: { readonly baseUrl: string; readonly apiKey: string; readonly api: Protocol };
  /** Whether time can be moved. */
  readonly demo?: boolean;
  /** How people are told of tasks by mail; `dies`: the process is killed when it would send one. Absent: they are not. */
  readonly notices?: "sends" | "dies";
}

export type Call =
  | { readonly do: "start"; readonly flow: string; readonly input: Json; readonly idempotencyKey: string }
  | { readonly do: "send"; readonly name: string; readonly data: Json; readonly id: string }
  | { readonly do: "decide"; readonly by: Caller; readonly decide: Decide };

/** A call with its number, by which the answer is known. */
export interface Request {
  readonly number: number;
  readonly call: Call;
}

export type Reply =
  | { readonly kind: "ready"; readonly workerId: number }
  | { readonly kind: "done"; readonly number: number; readonly value: Json }
  | { readonly kind: "failed"; readonly number: number; readonly message: string };
