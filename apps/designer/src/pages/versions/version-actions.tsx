import { Braces, RotateCcw } from "lucide-react";
import type { JSX } from "react";
import { useMay } from "../../app/session.ts";
import { Button } from "../../ui/button.tsx";
import { useWords } from "../../words/use-words.tsx";
import type { Side } from "./search.ts";
import type { Version } from "./spine.tsx";
import type { Picked } from "./use-compared.ts";
import { words } from "./words.ts";

export interface VersionActionsProps {
  readonly picked: Picked;
  readonly versions: readonly Version[];
  readonly onExport: (side: Side) => void;
  readonly onRollBack: (version: number) => void;
  readonly onPublish: () => void;
}

/** At the right of the top bar: about the version that A is. */
export function VersionActions(props: VersionActionsProps): JSX.Element {
  const { picked, versions, onExport, onRollBack, onPublish } = props;
  const t = useWords(words);
  const mayPublish = useMay("flow.publish");
  const { a, b } = picked;
  const isLive = (side: Side | undefined): boolean => versions.some(({ version, live }) => live && version === side);
  const back = [a, b].find((side) => typeof side === "number" && !isLive(side));
  return (
    <>
      <Button icon={Braces} className="max-md:hidden" onClick={() => onExport(b ?? "draft")}>
        <span className="max-xl:sr-only">{t("asJson")}</span>
      </Button>
      {mayPublish && typeof back === "number" && (
        <Button icon={RotateCcw} onClick={() => onRollBack(back)} className="max-md:hidden">
          {t("rollBack", { version: back })}
        </Button>
      )}
      {mayPublish && (
        <Button variant="primary" onClick={onPublish}>
          {t("publish")}
        </Button>
      )}
    </>
  );
}
