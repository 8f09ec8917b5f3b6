import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import type { JSX, ReactElement } from "react";
import { useTRPC } from "../rpc/client.ts";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { LANGUAGES, type Language } from "../words/language.ts";
import { useWords } from "../words/use-words.tsx";
import type { Theme } from "../theme/theme.ts";
import { chooseLanguage, chooseTheme, usePreference } from "./preferences.ts";
import { queryClient } from "./queries.ts";
import { useSession } from "./session.ts";
import { words } from "./words.ts";

export const THEME_ICON = { system: Monitor, light: Sun, dark: Moon } as const;
const LANGUAGE_ORDER = ["en", "uk"] as const satisfies readonly Language[];
const THEME_ORDER = ["system", "light", "dark"] as const satisfies readonly Theme[];

/** Ends the session, forgets what it has shown and asks who comes next. */
export function useSignOut(): () => void {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const signOut = useMutation(trpc.session.signOut.mutationOptions());
  return () => {
    void signOut.mutateAsync().then(async () => {
      queryClient.clear();
      await navigate({ to: "/sign-in" });
    });
  };
}

/** Appearance and language as rows of a menu. */
function usePreferenceItems(): readonly MenuItem[] {
  const t = useWords(words);
  const theme = usePreference("theme");
  const language = usePreference("language");
  return [
    { heading: t("theme") },
    ...THEME_ORDER.map((each) => ({
      label: t(each),
      icon: THEME_ICON[each],
      checked: each === theme,
      onSelect: () => chooseTheme(each),
    })),
    { heading: t("language") },
    ...LANGUAGE_ORDER.map((each) => ({
      label: LANGUAGES[each],
      checked: each === language,
      onSelect: () => chooseLanguage(each),
    })),
  ];
}

/** Appearance, language, sign out. */
export function PersonMenu({
  trigger,
  before = [],
}: {
  trigger: ReactElement;
  before?: readonly MenuItem[];
}): JSX.Element {
  const t = useWords(words);
  const { person } = useSession();
  const signOut = useSignOut();
  const preferences = usePreferenceItems();
  return (
    <Menu
      trigger={trigger}
      side="top"
      align="start"
      header={
        <div className="mb-1 border-b border-border px-2 pt-1 pb-2">
          <div className="font-medium">{person.name}</div>
          <div className="text-12 text-text-3">{person.email}</div>
        </div>
      }
      items={[...before, ...preferences, "separator", { label: t("signOut"), icon: LogOut, onSelect: signOut }]}
    />
  );
}
