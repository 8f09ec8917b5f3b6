/**
 * The story: one refund that nobody decides, and one that outlives its runtime and is paid once. Whatever is told has
 * just been seen through Holdfast's API or at the shop; what does not happen ends the story with a StoryError.
 */
import type { ChildProcess } from "node:child_process";
import type { RunView, StepView } from "../../src/read/run-view.ts";
import { HoldfastProcess } from "./holdfast-process.ts";
import type { Narrator } from "./narrator.ts";
import type { Place } from "./place.ts";
import { must } from "./story-error.ts";
import { eventually, type Mail, type Refund, World } from "./world.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How far the days that are left may be off: the real time that the story itself has taken. */
const TOLERANCE_MS = 5 * MINUTE_MS;

const APPROVED = { outcome: "approved", comment: "Clear case." } as const;

/** What really happened, for a script that wants to know. */
export interface StoryReport {
  readonly seconds: number;
  readonly ai: { readonly model: string; readonly offline: boolean };
  readonly first: Ended;
  readonly second: Ended & { readonly daysLeftAfterKill: number; readonly decidedTwice: string };
  readonly kill: {
    readonly signal: string;
    readonly pid: number;
    readonly pidAfter: number;
    /** From the kill to the next "ready". */
    readonly seconds: number;
    readonly checkpointsBefore: number;
    readonly checkpointsAfter: number;
  };
  readonly payments: readonly Refund[];
  readonly paymentRequests: number;
  /** The customer's. */
  readonly mail: Mail;
  /** Subjects of all mails, the first first. */
  readonly mails: readonly string[];
}

interface Ended {
  readonly runId: string;
  readonly orderId: string;
  readonly status: string;
  readonly output: unknown;
  /** In the story's time. */
  readonly days: number;
}

/** A refund that has been requested and waits for its manager. */
interface Asked {
  readonly runId: string;
  readonly orderId: string;
  readonly acceptedAt: number;
}

export class Story {
  readonly #place: Place;
  readonly #narrator: Narrator;

  constructor(place: Place, narrator: Narrator) {
    this.#place = place;
    this.#narrator = narrator;
  }

  /** @throws StoryError with what did not happen. */
  async tell(): Promise<StoryReport> {
    const narrator = this.#narrator;
    narrator.title("A refund waits for its manager, and its runtime is killed.");
    narrator.tell(
      this.#place.databaseUrl === ""
        ? "Starting Holdfast with a Postgres and the example shop, in a folder of their own"
        : "Starting Holdfast and the example shop, with a database of their own on the server of DATABASE_URL",
    );
    const before = await this.#up(0);
    const world = new World(before);
    narrator.setClock(await world.advance("1s"));
    narrator.tell(`Ready at ${before.url}, process ${before.pid}`);

    narrator.chapter("The first refund");
    const lamp = { orderId: "ORD-1001", reason: "The lamp arrived broken", amount: 89.9 };
    const first = await this.#ask(world, before, lamp);
    narrator.setClock(await world.advance("6d"));
    const forgotten = await world.run(first.runId);
    must(forgotten.status === "waiting", `The first run is ${forgotten.status}; it should still wait.`);
    const reminders = await theMails(world, MANAGERS, "Still open", first.orderId);
    narrator.tell(`Six days pass, and nobody decides. It still waits: ${daysLeft(forgotten, narrator.now())}`);
    narrator.tell(
      `Its managers have been reminded by mail: ${reminders
        .flatMap(({ to }) => to)
        .toSorted()
        .join(", ")}`,
    );

    narrator.chapter("The second refund");
    const chair = { orderId: "ORD-1002", reason: "One of the two chairs has a loose leg", amount: 149 };
    const second = await this.#ask(world, before, chair);
    const ai = await this.#whoAnswered(world, second.runId);

    narrator.chapter("The kill");
    const { after, kill } = await this.#kill(world, before, [first, second]);

    narrator.chapter("The seventh day");
    const now = await after.world.advance("1d");
    narrator.setClock(now);
    narrator.tell("One more day passes");
    const escalated = await this.#escalates(after.world, first);
    const daysLeftAfterKill = await this.#hasSixDays(after.world, second, now);

    narrator.chapter("The decision");
    const decidedTwice = await this.#approve(after.world, second, manager(after.process));
    const refund = await this.#paid(after.world, second);
    const refunded = await this.#settled(after.world, second, refund);
    const mail = await this.#mailed(after.world, second);
    const ledger = await after.world.ledger();
    must(ledger.items.length === 1, `The shop has paid ${ledger.items.length} refunds instead of one.`);

    const { seconds } = narrator;
    narrator.end(`Seven days and a kill in ${seconds.toFixed(0)} seconds, and every line of it really happened.`);
    return {
      seconds,
      ai,
      first: escalated,
      second: { ...refunded, daysLeftAfterKill, decidedTwice },
      kill,
      payments: ledger.items,
      paymentRequests: ledger.requests,
      mail,
      mails: toldOf(await after.world.mails()),
    };
  }

  #up(port: number): Promise<HoldfastProcess> {
    const { dir, databaseUrl } = this.#place;
    return HoldfastProcess.up({ dir, port, databaseUrl }, (child: ChildProcess) => this.#place.owns(child));
  }

  /** Requests a refund, and goes on once its run waits for a manager. */
  async #ask(
    world: World,
    holdfast: HoldfastProcess,
    wish: { readonly orderId: string; readonly reason: string; readonly amount: number },
  ): Promise<Asked> {
    const narrator = this.#narrator;
    const requestedBy = holdfast.demo.people.find(({ roles }) => !roles.includes("manager"))?.email;
    const { runId, acceptedAt } = await world.request("support/refund.requested", { ...wish, requestedBy });
    narrator.tell(`${wish.amount.toFixed(2)} EUR of order ${wish.orderId} are asked back: “${wish.reason}”`);
    const run = await world.waitsAt(runId, "approval");
    const analyze = await stepOf(world, runId, "analyze");
    const { isEligible, reason } = analysis(analyze);
    must(isEligible, `The model does not find the refund eligible: ${reason}`);
    const who = isOffline(analyze)
      ? "The offline model answers (no OPENAI_API_KEY is set)"
      : `${modelOf(analyze)} answers`;
    narrator.tell(`${who}: eligible`);
    const task = await world.openTask(runId);
    narrator.tell(`A manager is asked: “${task.title}”, ${daysLeft(run, narrator.now())}`);
    return { runId, orderId: wish.orderId, acceptedAt };
  }

  async #whoAnswered(world: World, runId: string): Promise<StoryReport["ai"]> {
    const step = await stepOf(world, runId, "analyze");
    return { model: modelOf(step), offline: isOffline(step) };
  }

  /** Kills the runtime and starts it again. Both runs have to stand exactly where they stood. */
  async #kill(
    world: World,
    holdfast: HoldfastProcess,
    asked: readonly Asked[],
  ): Promise<{
    readonly after: { readonly process: HoldfastProcess; readonly world: World };
    readonly kill: StoryReport["kill"];
  }> {
    const narrator = this.#narrator;
    const history = await historyOf(world, asked);
    const killedAt = narrator.seconds;
    const signal = await holdfast.kill();
    must(signal === "SIGKILL", `The runtime ended by ${signal} instead of SIGKILL.`);
    must(!(await world.answers()), "The runtime was killed, and still answers.");
    narrator.tell(`SIGKILL. Process ${holdfast.pid} is gone, nothing answers at ${holdfast.url}`);
    must((await world.ledger()).items.length === 0, "The shop has paid before anybody approved.");
    narrator.tell("The shop, the world outside, is still there; it has paid nothing");

    const process = await this.#up(holdfast.port);
    const again = new World(process);
    const seconds = narrator.seconds - killedAt;
    narrator.tell(`Holdfast is back after ${seconds.toFixed(1)} s, process ${process.pid}`);
    const historyAfter = await historyOf(again, asked);
    must(
      JSON.stringify(historyAfter) === JSON.stringify(history),
      "The runs do not stand where they stood before the kill.",
    );
    const checkpointsBefore = checkpoints(history);
    narrator.tell(`Both runs wait where they waited; ${checkpointsBefore} checkpoints, the same as before`);
    return {
      after: { process, world: again },
      kill: {
        signal,
        pid: holdfast.pid,
        pidAfter: process.pid,
        seconds,
        checkpointsBefore,
        checkpointsAfter: checkpoints(historyAfter),
      },
    };
  }

  async #escalates(world: World, asked: Asked): Promise<Ended> {
    const run = await world.ended(asked.runId);
    must(outputStatus(run) === "escalated", `The first run ended as ${JSON.stringify(run.output ?? run.error)}.`);
    const mail = await theMail(world, "Nobody has decided", asked.orderId);
    this.#narrator.tell(`The first refund's seven days are over: it escalates, and tells ${mail.to.join(", ")}`);
    return ended(run, asked);
  }

  async #hasSixDays(world: World, asked: Asked, now: number): Promise<number> {
    const run = await world.run(asked.runId);
    must(run.status === "waiting", `The second run is ${run.status}; it should still wait.`);
    const left = deadlineOf(run) - now;
    must(Math.abs(left - 6 * DAY_MS) < TOLERANCE_MS, `The second run has ${left / DAY_MS} days left instead of six.`);
    this.#narrator.tell("The second one still waits: 6 days left");
    return Math.round(left / DAY_MS);
  }

  /** Approves, and tries to approve once more. Resolves with the code of the refusal. */
  async #approve(world: World, asked: Asked, name: string): Promise<string> {
    const { id } = await world.openTask(asked.runId);
    const refused = await world.decide(id, APPROVED);
    must(refused === undefined, `The approval was refused: ${refused}.`);
    this.#narrator.tell(`${name} approves: “${APPROVED.comment}”`);
    const again = await world.decide(id, APPROVED);
    must(again === "already_decided", `A second approval was ${again ?? "taken"}; it should be refused.`);
    this.#narrator.tell(`… and clicks again: refused, ${again}`);
    return again;
  }

  async #paid(world: World, asked: Asked): Promise<Refund> {
    await world.waitsAt(asked.runId, "settlement");
    const { items, requests } = await world.ledger();
    const [refund] = items;
    must(refund !== undefined && items.length === 1, `The shop has paid ${items.length} times instead of once.`);
    must(refund.orderId === asked.orderId, `The shop has paid for order ${refund.orderId}.`);
    const asks = requests === 1 ? "one request" : `${requests} requests with the same key`;
    this.#narrator.tell(`Paid once: ${refund.refundId}, ${refund.amount.toFixed(2)} ${refund.currency}, by ${asks}`);
    return refund;
  }

  async #settled(world: World, asked: Asked, refund: Refund): Promise<Ended> {
    await world.settle(refund.refundId);
    this.#narrator.tell("The bank says that the money has arrived");
    const run = await world.ended(asked.runId);
    must(outputStatus(run) === "refunded", `The second run ended as ${JSON.stringify(run.output ?? run.error)}.`);
    return ended(run, asked);
  }

  async #mailed(world: World, asked: Asked): Promise<Mail> {
    const mail = await theMail(world, "Your refund", asked.orderId);
    const confirmation = await stepOf(world, asked.runId, "confirmation");
    const author = isOffline(confirmation) ? "the offline model" : modelOf(confirmation);
    this.#narrator.tell(`Written by ${author}, sent to ${mail.to.join(", ")}:`);
    this.#narrator.show(`${mail.subject}\n\n${mail.text}`);
    return mail;
  }
}

/** Runs and steps as people see them: what must not change by a kill. */
async function historyOf(
  world: World,
  asked: readonly Asked[],
): Promise<readonly { readonly run: RunView; readonly steps: readonly StepView[] }[]> {
  return Promise.all(
    asked.map(async ({ runId }) => ({ run: await world.run(runId), steps: await world.steps(runId) })),
  );
}

const checkpoints = (history: readonly { readonly steps: readonly StepView[] }[]): number =>
  history.flatMap(({ steps }) => steps).filter(({ status }) => status === "completed").length;

async function stepOf(world: World, run: string, node: string): Promise<StepView> {
  const step = (await world.steps(run)).find((candidate) => candidate.node === node && candidate.call === "main");
  must(step?.status === "completed", `The step “${node}” has not completed.`);
  return step;
}

function analysis({ output }: StepView): { readonly isEligible: boolean; readonly reason: string } {
  const fields = typeof output === "object" && output !== null && !Array.isArray(output) ? output : {};
  const { isEligible, reason } = fields;
  return { isEligible: isEligible === true, reason: typeof reason === "string" ? reason : "no reason given" };
}

const isOffline = ({ meta }: StepView): boolean => meta?.["offline"] === true;

function modelOf({ meta }: StepView): string {
  const model = meta?.["model"];
  return typeof model === "string" ? model : "The model";
}

function outputStatus({ output }: RunView): unknown {
  return typeof output === "object" && output !== null && !Array.isArray(output) ? output["status"] : undefined;
}

function deadlineOf(run: RunView): number {
  const deadline = run.waits.find(({ node }) => node === "approval")?.deadline ?? null;
  must(deadline !== null, "The run waits for no decision with a deadline.");
  return Date.parse(deadline);
}

function daysLeft(run: RunView, now: number): string {
  const days = Math.round((deadlineOf(run) - now) / DAY_MS);
  return days === 1 ? "1 day left" : `${days} days left`;
}

function ended(run: RunView, { runId, orderId, acceptedAt }: Asked): Ended {
  const days = Math.round((Date.parse(run.finishedAt ?? "") - acceptedAt) / DAY_MS);
  return { runId, orderId, status: run.status, output: run.output, days };
}

/** The one mail with this in its subject. */
async function theMail(world: World, ...words: readonly string[]): Promise<Mail> {
  const [mail] = await theMails(world, 1, ...words);
  must(mail !== undefined, `There is no mail about ${words.join(" ")}.`);
  return mail;
}

/** Exactly so many. */
async function theMails(world: World, count: number, ...words: readonly string[]): Promise<readonly Mail[]> {
  const found = await eventually(
    `a mail arrives about ${words.join(" ")}`,
    async () => (await world.mails()).filter(({ subject }) => words.every((word) => subject.includes(word))),
    (mails) => mails.length >= count,
  );
  must(found.length === count, `There are ${found.length} mails about ${words.join(" ")}.`);
  return found;
}

/** Those whom the demo has; each gets mails of their own. */
const MANAGERS = 2;

/** What mails were about, the oldest first: each subject once, and not the first notice of every task. */
const toldOf = (mails: readonly Mail[]): string[] => [
  ...new Set(
    mails
      .map(({ subject }) => subject)
      .toReversed()
      .filter((subject) => !subject.startsWith("To decide: ")),
  ),
];

/** Whose key the demo gives out. */
const manager = ({ demo }: HoldfastProcess): string =>
  demo.people.find(({ roles }) => roles.includes("manager"))?.name ?? "A manager";
