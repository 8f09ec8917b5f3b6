import { Languages } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { Logo } from "../../app/logo.tsx";
import { THEME_ICON } from "../../app/person-menu.tsx";
import { chooseLanguage, chooseTheme, usePreference } from "../../app/preferences.ts";
import { DemoLine } from "../../app/shell.tsx";
import { THEMES } from "../../theme/theme.ts";
import { cx } from "../../ui/cx.ts";
import { LANGUAGES } from "../../words/language.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "../sign-in/words.ts";
import { FlowPiece } from "./flow-piece.tsx";

/** What stands before the session: a form at the left, a living piece of a flow at the right. */
export function FrontPage({ demo, children }: { demo: boolean; children: ReactNode }): JSX.Element {
  return (
    <div className="flex h-dvh flex-col">
      {demo && <DemoLine />}
      <div className="grid min-h-0 flex-1 min-[900px]:grid-cols-[minmax(400px,560px)_1fr]">
        <div className="flex min-h-0 flex-col overflow-y-auto border-border bg-surface px-5 py-6 min-[900px]:border-r min-[900px]:px-10 min-[900px]:py-8">
          <header className="flex items-center gap-2.5 text-[15px] font-semibold">
            <Logo size={22} />
            Holdfast
          </header>
          <main className="m-auto w-full max-w-[344px] py-8">{children}</main>
          <Choices />
        </div>
        <div aria-hidden className="hidden min-h-0 min-[900px]:block">
          <FlowPiece zoom={1.5} x={222} y={-150} without={["escalate"]} moving />
        </div>
      </div>
    </div>
  );
}

/** Language and appearance, which need no session. */
function Choices(): JSX.Element {
  const t = useWords(words);
  const language = usePreference("language");
  const theme = usePreference("theme");
  const ThemeIcon = THEME_ICON[theme];
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  return (
    <footer className="flex items-center gap-4 text-12 text-text-2">
      <Languages aria-hidden className="-mr-2.5 size-3.5" strokeWidth={1.75} />
      {(["en", "uk"] as const).map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === language}
          onClick={() => chooseLanguage(each)}
          className={cx("rounded-xs pointer-coarse:min-h-11", each === language ? "text-text" : "text-accent-text")}
        >
          {LANGUAGES[each]}
        </button>
      ))}
      <button
        type="button"
        aria-label={t("appearance", { theme: t(theme) })}
        onClick={() => chooseTheme(next)}
        className="ml-auto flex items-center gap-1.5 rounded-xs pointer-coarse:min-h-11"
      >
        <ThemeIcon aria-hidden className="size-3.5" strokeWidth={1.75} />
        {t(theme)}
      </button>
    </footer>
  );
}
