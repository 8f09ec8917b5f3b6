import type { JSX } from "react";

export function FlowsPage(): JSX.Element {
  return <></>;
}
