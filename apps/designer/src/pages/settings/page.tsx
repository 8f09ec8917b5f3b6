import type { JSX } from "react";

export function SettingsPage(): JSX.Element {
  return <></>;
}
