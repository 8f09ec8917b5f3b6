/** Sub-steps and waits of a node that is called in the middle of another, kept beside that one's own. */
import type { Effect } from "@holdfast/dsl";
import type { OtherCall, Parts } from "../../others.ts";

/** @param effect what a sub-step does to the world that does not say so itself */
export function partsWithin(outer: Required<Parts>, prefix: string, effect: Effect): NonNullable<OtherCall["parts"]> {
  return {
    prefix,
    step: (name, run, options) => outer.step(`${prefix}/${name}`, run, { effect, ...options }),
    runFlow: (name, request) => outer.runFlow(`${prefix}/${name}`, request),
    wait: (request) => outer.wait({ ...request, name: `${prefix}/${request.name ?? "wait"}` }),
  };
}
