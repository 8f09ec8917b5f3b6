import type { JSX } from "react";

export function WelcomePage(): JSX.Element {
  return <></>;
}
