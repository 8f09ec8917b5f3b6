import { Link, useNavigate } from "@tanstack/react-router";
import { CircleQuestionMark, Menu as MenuIcon } from "lucide-react";
import type { JSX } from "react";
import { showKeys } from "../keys/overlay.ts";
import { Avatar } from "../ui/avatar.tsx";
import { cx } from "../ui/cx.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import { useWords } from "../words/use-words.tsx";
import { type Counts, NO_COUNTS } from "./counts.ts";
import { Logo } from "./logo.tsx";
import type { NavigationItem } from "./navigation.ts";
import { PersonMenu } from "./person-menu.tsx";
import { useSession } from "./session.ts";
import { words } from "./words.ts";

export interface NavProps {
  readonly items: readonly NavigationItem[];
  readonly counts?: Counts;
}

const ROW =
  "group relative flex h-[30px] shrink-0 items-center gap-[9px] rounded-sm px-2 font-medium text-text-2 hover:bg-surface-hover hover:text-text aria-[current=page]:bg-surface-hover aria-[current=page]:text-text pointer-coarse:h-10";

/** The mark at the edge of where we are. */
const HERE =
  "before:absolute before:inset-y-[5px] before:-left-2 before:w-[3px] before:rounded-r-[2px] before:bg-accent before:opacity-0 aria-[current=page]:before:opacity-100";

const SLIM =
  "grid size-8 w-[34px] shrink-0 place-items-center rounded-sm text-text-2 hover:bg-surface-hover hover:text-text";

function useCountText(item: NavigationItem, counts: Counts): string | undefined {
  const t = useWords(words);
  const count = counts[item.place];
  if (count === undefined || count === 0) return undefined;
  return t(item.place === "incidents" ? "toIncidents" : "toInbox", { count });
}

/** Of list pages: 208 px, with words. */
export function WideNav({ items, counts = NO_COUNTS }: NavProps): JSX.Element {
  const t = useWords(words);
  const { person, workspace } = useSession();
  return (
    <nav
      aria-label={t("main")}
      className="hidden w-52 shrink-0 flex-col gap-px overflow-y-auto border-r border-border bg-surface-sunken px-2 py-2.5 xl:flex"
    >
      <div className="mb-2.5 flex h-8 shrink-0 items-center gap-[9px] px-2 text-14 font-semibold tracking-[-.01em]">
        <Logo />
        Holdfast
      </div>
      {items.map((item) => (
        <WideLink key={item.place} item={item} counts={counts} />
      ))}
      <span className="flex-1" />
      <button type="button" className={ROW} onClick={() => showKeys("sheet")}>
        <CircleQuestionMark aria-hidden className="size-4" strokeWidth={1.75} />
        {t("help")}
        <span aria-hidden className="ml-auto text-11 text-text-3">
          ?
        </span>
      </button>
      <PersonMenu
        trigger={
          <button type="button" className={cx(ROW, "h-[38px] text-left data-popup-open:bg-surface-hover")}>
            <Avatar name={person.name} />
            <span className="min-w-0 leading-[15px]">
              <span className="block truncate">{person.name}</span>
              <span className="block truncate text-11 font-normal text-text-3">{workspace.name}</span>
              <span className="sr-only">{t("yourMenu")}</span>
            </span>
          </button>
        }
      />
    </nav>
  );
}

function WideLink({ item, counts }: { item: NavigationItem; counts: Counts }): JSX.Element {
  const t = useWords(words);
  const { icon: Icon, place, to } = item;
  const spoken = useCountText(item, counts);
  return (
    <Link to={to} className={cx(ROW, HERE, item.apart === true && "mt-3.5")}>
      <Icon aria-hidden className="size-4" strokeWidth={1.75} />
      {t(place)}
      {spoken !== undefined && (
        <>
          <span
            aria-hidden
            className={cx(
              "ml-auto text-11 tabular-nums",
              place === "incidents" ? "rounded-xs bg-incident-soft px-[5px] text-incident-text" : "text-text-3",
            )}
          >
            {counts[place]}
          </span>
          <span className="sr-only">{spoken}</span>
        </>
      )}
    </Link>
  );
}

/** Of canvas pages and of narrow windows: 48 px, icons with tooltips. */
export function SlimNav({ items, counts = NO_COUNTS, always }: NavProps & { readonly always: boolean }): JSX.Element {
  const t = useWords(words);
  const { person } = useSession();
  return (
    <nav
      aria-label={t("main")}
      className={cx(
        "hidden w-12 shrink-0 flex-col items-center gap-px overflow-y-auto border-r border-border bg-surface-sunken px-[7px] py-2 sm:flex",
        !always && "xl:hidden",
      )}
    >
      <div className="mb-2 grid h-8 shrink-0 place-items-center">
        <Logo />
      </div>
      {items.map((item) => (
        <SlimLink key={item.place} item={item} counts={counts} />
      ))}
      <span className="flex-1" />
      <Tooltip text={t("help")} kbd="?" side="right">
        <button type="button" aria-label={t("help")} className={SLIM} onClick={() => showKeys("sheet")}>
          <CircleQuestionMark aria-hidden className="size-4" strokeWidth={1.75} />
        </button>
      </Tooltip>
      <PersonMenu
        trigger={
          <button type="button" className={cx(SLIM, "mt-1.5")}>
            <Avatar name={person.name} />
            <span className="sr-only">{t("you", { name: person.name })}</span>
          </button>
        }
      />
    </nav>
  );
}

function SlimLink({ item, counts }: { item: NavigationItem; counts: Counts }): JSX.Element {
  const t = useWords(words);
  const { icon: Icon, place, to, apart } = item;
  const spoken = useCountText(item, counts);
  const label = spoken === undefined ? t(place) : `${t(place)}, ${spoken}`;
  return (
    <Tooltip text={label} side="right">
      <Link
        to={to}
        aria-label={label}
        className={cx(
          SLIM,
          HERE,
          "relative before:-left-[7px] aria-[current=page]:bg-surface-hover aria-[current=page]:text-text",
          apart === true && "mt-3.5",
        )}
      >
        <Icon aria-hidden className="size-4" strokeWidth={1.75} />
        {spoken !== undefined && (
          <span
            aria-hidden
            className={cx(
              "absolute top-[5px] right-[5px] size-[7px] rounded-[2px] shadow-[0_0_0_2px_var(--hf-surface-sunken)]",
              place === "incidents" ? "bg-incident" : "bg-accent",
            )}
          />
        )}
      </Link>
    </Tooltip>
  );
}

/** On a phone: the first four at the bottom, under the thumb; the rest in a menu. */
export function PhoneNav({ items, counts = NO_COUNTS }: NavProps): JSX.Element {
  const t = useWords(words);
  const first = items.slice(0, 4);
  const rest = items.slice(4);
  const navigate = useNavigate();
  return (
    <nav
      aria-label={t("main")}
      className="flex shrink-0 border-t border-border bg-surface-sunken pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {first.map(({ place, to, icon: Icon }) => (
        <Link key={place} to={to} className={TAB}>
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
          <span className="max-w-full truncate">{t(place)}</span>
          {(counts[place] ?? 0) > 0 && (
            <span
              aria-hidden
              className="absolute top-1 left-[calc(50%+6px)] rounded-xs bg-surface-hover px-1 tabular-nums"
            >
              {counts[place]}
            </span>
          )}
        </Link>
      ))}
      <PersonMenu
        before={rest.map(({ place, to, icon }) => ({
          label: t(place),
          icon,
          onSelect: () => void navigate({ to }),
        }))}
        trigger={
          <button type="button" className={TAB}>
            <MenuIcon aria-hidden className="size-5" strokeWidth={1.75} />
            {t("menu")}
          </button>
        }
      />
    </nav>
  );
}

const TAB =
  "relative flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 px-1 text-11 font-medium text-text-2 aria-[current=page]:text-accent-text data-popup-open:text-accent-text";
