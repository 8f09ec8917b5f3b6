import { Link, useNavigate } from "@tanstack/react-router";
import { Menu as MenuIcon } from "lucide-react";
import type { JSX } from "react";
import { cx } from "../ui/cx.ts";
import { Menu } from "../ui/menu.tsx";
import { Button } from "../ui/button.tsx";
import { SEGMENT, SEGMENT_ON, SEGMENTS } from "../ui/segmented.tsx";
import { useWords } from "../words/use-words.tsx";
import { tabWords } from "./tab-words.ts";

export type FlowPage = "design" | "runs" | "versions" | "settings";

/** The pages of one flow; a menu where there is no room for them. */
export function FlowTabs({ flow, page }: { readonly flow: string; readonly page: FlowPage }): JSX.Element {
  const t = useWords(tabWords);
  const navigate = useNavigate();
  const params = { flow };
  const look = (one: FlowPage): { className: string; "aria-current"?: "page" } => ({
    className: cx(SEGMENT, one === page && SEGMENT_ON),
    ...(one === page && { "aria-current": "page" }),
  });
  return (
    <>
      <nav aria-label={t("pages")} className={cx(SEGMENTS, "max-lg:hidden")}>
        <Link to="/flows/$flow" params={params} search={{}} {...look("design")}>
          {t("design")}
        </Link>
        <Link to="/runs" search={{ flow }} {...look("runs")}>
          {t("runs")}
        </Link>
        <Link to="/flows/$flow/versions" params={params} search={{}} {...look("versions")}>
          {t("versions")}
        </Link>
        <Link to="/flows/$flow/settings" params={params} {...look("settings")}>
          {t("settings")}
        </Link>
      </nav>
      <span className="lg:hidden">
        <Menu
          align="start"
          trigger={
            <Button icon={MenuIcon} className="max-md:px-2">
              <span className="max-md:sr-only">{t(page)}</span>
            </Button>
          }
          items={[
            { label: t("design"), onSelect: () => void navigate({ to: "/flows/$flow", params, search: {} }) },
            { label: t("runs"), onSelect: () => void navigate({ to: "/runs", search: { flow } }) },
            {
              label: t("versions"),
              onSelect: () => void navigate({ to: "/flows/$flow/versions", params, search: {} }),
            },
            { label: t("settings"), onSelect: () => void navigate({ to: "/flows/$flow/settings", params }) },
          ]}
        />
      </span>
    </>
  );
}
