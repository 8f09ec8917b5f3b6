import type { JSX } from "react";

export function SignInPage(): JSX.Element {
  return <></>;
}
