/**
 * The two looks: an event looks for waits and triggers, a wait looks back for events. Each begins only after what it
 * looks from is committed, so whoever of the two comes second finds the first. Both end in the same conditional
 * update, so a wait that both find is resolved once.
 *
 * A look that fails is tried again until it succeeds; one that a crash cut off is finished by the sweeper, which
 * knows from the heartbeat (`oldest`) how far back to begin.
 */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { WaitOutcome } from "@holdfast/dsl";
import type { Logger } from "../log/logger.ts";
import type { Clock } from "../clock/host-clock.ts";
import { inTransaction } from "../database/transaction.ts";
import {
  type EventMatches,
  lookBack,
  lookForWaits,
  recordRefusals,
  type Refusal,
  type StoredEvent,
} from "../store/events.ts";
import { type Holder, lockRunOfWait, openWaits, type OpenWait, type Resolve, resolveWait } from "../store/waits.ts";
import type { Woken } from "../store/wakes.ts";
import { KnownShapes } from "./known-shapes.ts";
import { matchEvent } from "./match.ts";
import { iso } from "../host/expression-roots.ts";

export interface LookHooks {
  /** Starts a run for a trigger. Undefined: it is started (or was before). */
  start(event: StoredEvent, flowVersion: number): Promise<Refusal | undefined>;
  /** An event met a task: it is its sender's decision, or one of several votes. */
  decide(event: StoredEvent, task: string, port: string): Promise<Refusal | "decided" | "voted">;
  woken(woken: Woken): void;
  hasRoom(): boolean;
}

export interface LookOptions {
  readonly database: pg.Pool;
  readonly clock: Clock;
  readonly log: Logger;
  readonly holder: Holder;
  readonly hooks: LookHooks;
}

const MAX_EVENTS_A_LOOK = 500;

/** How far the database's clock, which stamps events, may be behind this process's idea of it. */
const CLOCK_MARGIN_MS = 1_000;

export class Looks {
  readonly #options: LookOptions;
  /** When each look under way began. */
  readonly #underWay = new Set<{ readonly since: number }>();
  readonly #shapes = new KnownShapes();
  #closed = false;

  constructor(options: LookOptions) {
    this.#options = options;
  }

  /**
   * A wait or an event is about to be committed, and will have to be looked at: until the answer is called, no heartbeat
   * tells that everything up to now has been. To be called before the row gets its time.
   */
  begin(): () => void {
    const mark = { since: this.#options.clock.now() - CLOCK_MARGIN_MS };
    this.#underWay.add(mark);
    return () => {
      // A process that stops leaves its looks to others.
      if (!this.#closed) this.#underWay.delete(mark);
    };
  }

  /** From when on looks may not have ended, milliseconds. */
  oldest(): number {
    let oldest = this.#options.clock.now() - CLOCK_MARGIN_MS;
    for (const { since } of this.#underWay) oldest = Math.min(oldest, since);
    return oldest;
  }

  close(): void {
    this.#closed = true;
  }

  /** Events are committed. Resolves when their looks have ended. */
  async eventsAccepted(ids: readonly string[]): Promise<void> {
    for (let i = 0; i < ids.length; i += MAX_EVENTS_A_LOOK) {
      const some = ids.slice(i, i + MAX_EVENTS_A_LOOK);
      await this.#insist(async () => {
        for (const matches of await lookForWaits(this.#options.database, some)) await this.#deliver(matches);
      });
    }
  }

  /** A wait is committed. Resolves when it has looked back. `outcomes`: if they are at hand. */
  waitOpened(workspace: number, id: string, outcomes?: readonly WaitOutcome[]): Promise<void> {
    return this.#insist(async () => {
      const { database } = this.#options;
      const [wait] = outcomes === undefined ? await openWaits(database, [id]) : [];
      await this.#shapes.ensure(database, workspace, outcomes ?? wait?.outcomes ?? []);
      const events = await lookBack(database, id);
      if (events.length === 0) return;
      const [open] = wait === undefined ? await openWaits(database, [id]) : [wait];
      if (open !== undefined) await this.#offer(open, events);
    });
  }

  /** The deadline of a wait has passed: a last look for an event accepted in time, else it expires by its port. */
  async expire(id: string, port: string): Promise<void> {
    const { database, holder, clock } = this.#options;
    const [wait] = await openWaits(database, [id]);
    if (wait === undefined) return;
    if (await this.#offer(wait, await lookBack(database, id))) return;
    const at = wait.deadline ?? clock.now();
    const expired: Resolve = {
      wait: id,
      status: "expired",
      result: { port, output: { outcome: port, at: iso(at) } },
      at: clock.now(),
      take: false,
    };
    if (wait.task === null) {
      await resolveWait(database, expired, holder);
      return;
    }
    // A decision that is just being made goes first, and then the deadline has to see it.
    await inTransaction(database, async (client) => {
      await lockRunOfWait(client, id);
      await resolveWait(client, expired, holder);
    });
  }

  async #deliver({ event, waits, triggers }: EventMatches): Promise<void> {
    const refusals: Refusal[] = [];
    for (const wait of waits) refusals.push(...(await this.#try(wait, event)).refusals);
    for (const trigger of triggers) {
      const refusal = await this.#options.hooks.start(event, trigger.flowVersion);
      if (refusal !== undefined) refusals.push(refusal);
    }
    await recordRefusals(this.#options.database, event.id, refusals);
  }

  /** Offers events to a wait, in the order of their acceptance. True when one resolved it. */
  async #offer(wait: OpenWait, events: readonly StoredEvent[]): Promise<boolean> {
    for (const event of events) {
      const { resolved, refusals } = await this.#try(wait, event);
      await recordRefusals(this.#options.database, event.id, refusals);
      if (resolved) return true;
    }
    return false;
  }

  async #try(wait: OpenWait, event: StoredEvent): Promise<{ resolved: boolean; refusals: readonly Refusal[] }> {
    const { database, hooks, holder, clock } = this.#options;
    const match = matchEvent(wait, event);
    if (match.kind === "none") return { resolved: false, refusals: [] };
    if (match.kind === "failed") {
      return {
        resolved: false,
        refusals: [{ wait: wait.id, code: "filter_failed", pointer: "", message: match.message }],
      };
    }
    if (wait.task !== null) {
      const answer = await hooks.decide(event, wait.task, match.outcome.port);
      if (typeof answer === "string") return { resolved: answer === "decided", refusals: [] };
      return { resolved: false, refusals: [{ ...answer, wait: wait.id }] };
    }
    const output = { outcome: match.outcome.port, data: event.data, event: event.name, at: iso(event.acceptedAt) };
    const woken = await resolveWait(
      database,
      {
        wait: wait.id,
        status: "resolved",
        result: { port: match.outcome.port, output },
        event: { id: event.id, acceptedAt: event.acceptedAt },
        at: clock.now(),
        take: hooks.hasRoom(),
      },
      holder,
    );
    if (woken !== undefined) hooks.woken(woken);
    return { resolved: woken !== undefined, refusals: [] };
  }

  /** Until it succeeds or the process stops. */
  async #insist(look: () => Promise<void>): Promise<void> {
    const end = this.begin();
    try {
      for (let failures = 0; !this.#closed; failures++) {
        try {
          await look();
          return;
        } catch (error) {
          if (this.#closed) return;
          this.#options.log.warn({ err: error }, "a look failed and is tried again");
          await delay(Math.min(2_000, 50 * 2 ** failures));
        }
      }
    } finally {
      end();
    }
  }
}
