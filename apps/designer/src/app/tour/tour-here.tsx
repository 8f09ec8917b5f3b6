import { useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, type JSX } from "react";
import { rememberTour, usePreference } from "../preferences.ts";
import { wantsTour } from "./steps.ts";

const Tour = lazy(async () => ({ default: (await import("./tour.tsx")).Tour }));

/** The tour, where the address or a first visit asks for it. */
export function TourHere(): JSX.Element | null {
  const toured = usePreference("toured");
  const navigate = useNavigate();
  const { pathname, searchStr } = useRouterState({ select: ({ location }) => location });
  if (!wantsTour(pathname, searchStr, toured)) return null;
  const end = (): void => {
    rememberTour(true);
    const rest = new URLSearchParams(searchStr);
    rest.delete("tour");
    const search = rest.toString();
    void navigate({ href: search === "" ? pathname : `${pathname}?${search}`, replace: true });
    document.querySelector<HTMLElement>("main")?.focus();
  };
  return (
    <Suspense>
      <Tour onEnd={end} />
    </Suspense>
  );
}
