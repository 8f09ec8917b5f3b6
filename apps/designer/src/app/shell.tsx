import { Outlet, useMatches, useNavigate, useRouter } from "@tanstack/react-router";
import { useMemo, type JSX } from "react";
import { KeyOverlays } from "../keys/key-overlays.tsx";
import { useCommands } from "../keys/use-commands.ts";
import { useWords } from "../words/use-words.tsx";
import { useCounts } from "./use-counts.ts";
import { navigationFor } from "./navigation.ts";
import { PhoneNav, SlimNav, WideNav } from "./nav.tsx";
import { useSession } from "./session.ts";
import { TourHere } from "./tour/tour-here.tsx";
import { useSearchSource } from "./search-source.ts";
import { words } from "./words.ts";

/** What stands around every page of a person who has signed in. */
export function Shell(): JSX.Element {
  const t = useWords(words);
  const session = useSession();
  const router = useRouter();
  const navigate = useNavigate();
  const items = useMemo(
    () => navigationFor(session, (path) => Object.hasOwn(router.routesByPath, path)),
    [session, router],
  );
  const counts = useCounts(items);
  const { shell = "list", phoneNav = true } = useMatches({ select: (matches) => matches.at(-1)?.staticData }) ?? {};
  useSearchSource();
  useCommands(
    items.map(({ place, to, key }) => ({
      id: `go.${place}`,
      label: t("toStart", { place: t(place) }),
      keys: key === undefined ? undefined : `G ${key}`,
      group: t("goTo"),
      run: () => void navigate({ to }),
    })),
  );
  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-sm border border-border-strong bg-surface-raised px-3 py-1.5 font-medium focus:translate-y-0"
      >
        {t("skip")}
      </a>
      {session.demo && <DemoLine />}
      <div className="flex min-h-0 flex-1">
        {shell === "list" && <WideNav items={items} counts={counts} />}
        <SlimNav items={items} counts={counts} always={shell === "canvas"} />
        <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Outlet />
        </main>
      </div>
      {phoneNav && <PhoneNav items={items} counts={counts} />}
      <KeyOverlays />
      <TourHere />
    </div>
  );
}

/** On every page: who can sign in here. */
export function DemoLine(): JSX.Element {
  const t = useWords(words);
  return (
    <aside className="shrink-0 border-t-2 border-waiting bg-surface-sunken px-4 py-px text-center text-11 text-waiting-text">
      {t("demo")}
    </aside>
  );
}
