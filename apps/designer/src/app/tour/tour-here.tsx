import { useNavigate, useRouterState } from "@tanstack/react-router";
import { Suspense, lazy, type JSX, useEffect, useRef } from "react";
import { rememberTour, usePreference } from "../preferences.ts";
import { wantsTour } from "./steps.ts";

const Tour = lazy(async () => ({ default: (await import("./tour.tsx")).Tour }));

/** The tour, where the address or a first visit asks for it. */
export function TourHere(): JSX.Element | null {
  const toured = usePreference("toured");
  const navigate = useNavigate();
  const { pathname, searchStr } = useRouterState({ select: ({ location }) => location });
  const wanted = wantsTour(pathname, searchStr, toured);
  const before = useRef<HTMLElement>(null);
  useEffect(() => {
    if (wanted && document.activeElement instanceof HTMLElement) before.current = document.activeElement;
  }, [wanted]);
  if (!wanted) return null;
  const end = (): void => {
    rememberTour(true);
    const rest = new URLSearchParams(searchStr);
    rest.delete("tour");
    const search = rest.toString();
    void navigate({ href: search === "" ? pathname : `${pathname}?${search}`, replace: true });
    // Back to where the person was when it began.
    const there = before.current?.isConnected === true ? before.current : document.querySelector<HTMLElement>("main");
    there?.focus();
  };
  return (
    <Suspense>
      <Tour onEnd={end} />
    </Suspense>
  );
}
