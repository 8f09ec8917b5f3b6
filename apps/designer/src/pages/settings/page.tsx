import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useRef, type JSX } from "react";
import { PageTop } from "../../app/top-bar.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { CalendarsSection } from "./calendars/calendars-section.tsx";
import { ConnectionsSection } from "./connections/connections-section.tsx";
import { KeysSection } from "./keys/keys-section.tsx";
import { ProfileSection } from "./profile/profile-section.tsx";
import { AboutSection, KeyboardSection, YouSection } from "./sections.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/settings/$section");

const SECTIONS = {
  profile: ProfileSection,
  you: YouSection,
  keyboard: KeyboardSection,
  calendars: CalendarsSection,
  connections: ConnectionsSection,
  keys: KeysSection,
  about: AboutSection,
} as const;
type SectionId = keyof typeof SECTIONS;
const ORDER = [
  "profile",
  "you",
  "keyboard",
  "calendars",
  "connections",
  "keys",
  "about",
] as const satisfies readonly SectionId[];

/** Left the parts, right one of them, 640 wide. */
export function SettingsPage(): JSX.Element {
  const t = useWords(words);
  const { section } = route.useParams();
  const current = ORDER.find((each) => each === section);
  const nav = useRef<HTMLElement>(null);
  // On a phone the parts stand in a row that is wider than it.
  useEffect(() => {
    nav.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  const Section = current === undefined ? undefined : SECTIONS[current];
  return (
    <>
      <PageTop title={t("title")} />
      <div className="flex min-h-0 flex-1 bg-surface max-md:flex-col">
        <nav
          ref={nav}
          aria-label={t("sections")}
          className="flex shrink-0 gap-px border-border p-2 max-md:overflow-x-auto max-md:border-b md:w-52 md:flex-col md:border-r"
        >
          {ORDER.map((each) => (
            <Link
              key={each}
              to="/settings/$section"
              params={{ section: each }}
              className="flex h-[30px] shrink-0 items-center rounded-sm px-2.5 font-medium text-text-2 hover:bg-surface-hover hover:text-text aria-[current=page]:bg-surface-hover aria-[current=page]:text-text pointer-coarse:h-11"
            >
              {t(each)}
            </Link>
          ))}
        </nav>
        <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 md:px-8">
          {Section === undefined || current === undefined ? (
            <EmptyState title={t("missing")} />
          ) : (
            <div className="max-w-[640px]">
              <h2 className="text-16 font-semibold tracking-[-.01em]">{t(current)}</h2>
              <Section />
            </div>
          )}
        </div>
      </div>
    </>
  );
}
