/** A child's side: answers calls until the benchmark goes away. */
import { type Answer, callSchema } from "./messages.ts";

/** What a contestant can be asked. Arguments and results are plain JSON. */
export interface Methods {
  // oxlint-disable-next-line typescript/no-explicit-any -- each contestant has arguments of its own
  readonly [name: string]: (argument: any) => Promise<unknown>;
}

export function serve(methods: Methods): void {
  const answer = (message: Answer): void => {
    process.send?.(message);
  };
  process.on("message", (message) => {
    const { id, method, argument } = callSchema.parse(message);
    const asked = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (asked === undefined) {
      answer({ id, error: `there is no method ${method}` });
      return;
    }
    asked(JSON.parse(argument)).then(
      (result) => answer({ id, result: JSON.stringify(result ?? null) }),
      (error: unknown) =>
        answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  // Its parent is gone, in whatever way: nobody would stop it any more.
  process.on("disconnect", () => process.exit());
}
