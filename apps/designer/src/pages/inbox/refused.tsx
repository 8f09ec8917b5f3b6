import type { JSX } from "react";
import { explain } from "../../ui/problem.ts";

/** Why an answer was not taken, and what would be. */
export function Refused({ error }: { readonly error: unknown }): JSX.Element {
  const { what, todo } = explain(error);
  return (
    <p role="alert" className="mt-3 text-failed-text">
      {what} {todo}
    </p>
  );
}
