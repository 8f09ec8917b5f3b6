import { useNavigate } from "@tanstack/react-router";
import { Monitor, Moon, Sun } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { chooseLanguage, chooseLetters, chooseTheme, rememberTour, usePreference } from "../../app/preferences.ts";
import { useSession } from "../../app/session.ts";
import { showKeys } from "../../keys/overlay.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { LANGUAGES } from "../../words/language.ts";
import { useWords } from "../../words/use-words.tsx";
import { SettingRow } from "./setting-row.tsx";
import { words } from "./words.ts";

export function YouSection(): JSX.Element {
  const t = useWords(words);
  const navigate = useNavigate();
  const theme = usePreference("theme");
  const language = usePreference("language");
  return (
    <>
      <SettingRow name={t("appearance")} text={t("appearanceText")} value={theme}>
        <Segmented
          label={t("appearance")}
          value={theme}
          onChange={chooseTheme}
          options={[
            { value: "system", label: t("system"), icon: Monitor },
            { value: "light", label: t("light"), icon: Sun },
            { value: "dark", label: t("dark"), icon: Moon },
          ]}
        />
      </SettingRow>
      <SettingRow name={t("language")} text={t("languageText")} value={language}>
        <Segmented
          label={t("language")}
          value={language}
          onChange={chooseLanguage}
          options={[
            { value: "en", label: LANGUAGES.en },
            { value: "uk", label: LANGUAGES.uk },
          ]}
        />
      </SettingRow>
      <SettingRow name={t("tour")} text={t("tourText")}>
        <Button
          onClick={() => {
            rememberTour(false);
            void navigate({ href: "/flows/process-refund?tour=1" });
          }}
        >
          {t("takeTour")}
        </Button>
      </SettingRow>
    </>
  );
}

export function KeyboardSection(): JSX.Element {
  const t = useWords(words);
  const letters = usePreference("letters");
  return (
    <>
      <SettingRow name={t("letters")} text={t("lettersText")} value={letters}>
        <Toggle name={t("letters")} checked={letters} onChange={chooseLetters} />
      </SettingRow>
      <SettingRow name={t("allKeys")} text={t("allKeysText")}>
        <Button onClick={() => showKeys("sheet")}>{t("show")}</Button>
      </SettingRow>
    </>
  );
}

export function AboutSection(): JSX.Element {
  const t = useWords(words);
  const { version, workspace, links } = useSession();
  return (
    <>
      <SettingRow name={t("version")}>
        <code className="text-12">{version}</code>
      </SettingRow>
      <SettingRow name={t("workspace")}>
        <span>{workspace.name}</span>
      </SettingRow>
      <SettingRow name={t("api")} text={t("apiText")}>
        <Outside href={links.api}>{t("apiOpen")}</Outside>
      </SettingRow>
      {links.mails !== undefined && (
        <SettingRow name={t("mails")} text={t("mailsText")}>
          <Outside href={links.mails}>{t("mailsOpen")}</Outside>
        </SettingRow>
      )}
      {links.shop !== undefined && (
        <SettingRow name={t("shop")} text={t("shopText")}>
          <Outside href={links.shop}>{t("shopOpen")}</Outside>
        </SettingRow>
      )}
    </>
  );
}

function Outside({ href, children }: { href: string; children: ReactNode }): JSX.Element {
  return (
    <a href={href} target="_blank" rel="noreferrer" className={buttonClass()}>
      {children}
    </a>
  );
}
