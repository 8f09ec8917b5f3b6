/** Checks documents off the page's own thread, so that whoever types in a large one does not wait for it. */
import { validateFlow, type FlowDocument, type Issue, type NodeManifest } from "@holdfast/dsl";

export interface Question {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  /** Ids of the flows that exist. */
  readonly flows?: ReadonlySet<string>;
}

/** What the thread is sent. Manifests are sent when they are others than before. */
export type Order = Omit<Question, "manifests"> & {
  readonly number: number;
  readonly manifests?: readonly NodeManifest[];
};

export interface Answer {
  readonly number: number;
  readonly issues: readonly Issue[];
}

/** What of a Worker is needed. */
type Thread = Pick<Worker, "postMessage" | "terminate" | "addEventListener">;

export interface Checker {
  /** On the thread; on this one where there is none or it does not come up. Never rejects. */
  check(question: Question): Promise<readonly Issue[]>;
}

/** A thread that nobody asks anything for so long is ended, in milliseconds. */
const IDLE = 60_000;

export function checkHere({ flow, manifests, flows }: Question): readonly Issue[] {
  return validateFlow(flow, manifests, flows === undefined ? {} : { flows }).issues;
}

/** @param start absent: everything is checked here */
export function createChecker(start: (() => Thread) | undefined): Checker {
  const open = new Map<number, { readonly question: Question; readonly answer: (issues: readonly Issue[]) => void }>();
  let startThread = start;
  let thread: Thread | undefined;
  let told: readonly NodeManifest[] | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const end = (): void => {
    thread?.terminate();
    [thread, told] = [undefined, undefined];
  };
  const settle = (number: number, issues: readonly Issue[]): void => {
    open.get(number)?.answer(issues);
    open.delete(number);
    clearTimeout(idle);
    if (open.size === 0) idle = setTimeout(end, IDLE);
  };
  /** It did not come up or broke: what it was asked is answered here, and everything after. */
  const giveUp = (): void => {
    end();
    startThread = undefined;
    for (const [number, { question }] of open) settle(number, checkHere(question));
  };
  const begin = (startOne: () => Thread): Thread => {
    const one = startOne();
    one.addEventListener("message", ({ data }: MessageEvent<Answer>) => settle(data.number, data.issues));
    one.addEventListener("error", giveUp);
    return one;
  };
  return {
    check(question) {
      if (startThread === undefined) return Promise.resolve(checkHere(question));
      clearTimeout(idle);
      const { flow, manifests, flows } = question;
      const number = ++last;
      const { promise, resolve } = Promise.withResolvers<readonly Issue[]>();
      open.set(number, { question, answer: resolve });
      try {
        thread ??= begin(startThread);
        const order: Order = {
          number,
          flow,
          ...(flows !== undefined && { flows }),
          ...(told !== manifests && { manifests }),
        };
        thread.postMessage(order, []);
        told = manifests;
      } catch {
        giveUp();
      }
      return promise;
    },
  };
}

/** The one of this page. */
export const pageChecker = createChecker(
  typeof Worker === "undefined"
    ? undefined
    : () => new Worker(new URL("check-worker.ts", import.meta.url), { type: "module" }),
);
