import { Hourglass, Sparkles } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { useWords } from "../../words/use-words.tsx";
import { FlowPiece } from "../shared/flow-piece.tsx";
import type { Beginning } from "./new-flow-dialog.tsx";
import { words } from "./words.ts";

const CARD = "flex flex-col overflow-hidden rounded-md border border-border-strong bg-surface shadow-card";

export interface EmptyFlowsProps {
  readonly onBegin: (from: Beginning) => void;
  /** Makes the refund flow and shows the tour. */
  readonly onOpenRefund: () => void;
}

/** The first thing somebody sees who has no flow: one that works, nothing, or their own. */
export function EmptyFlows({ onBegin, onOpenRefund }: EmptyFlowsProps): JSX.Element {
  const t = useWords(words);
  return (
    <div className="grid min-h-0 flex-1 place-items-center overflow-y-auto px-4 pt-6 pb-12">
      <div className="w-full max-w-[912px]">
        <h2 className="text-[24px]/8 font-semibold tracking-[-.02em]">{t("emptyTitle")}</h2>
        <p className="mt-1 mb-[22px] max-w-[620px] text-14 text-text-2">{t("emptyText")}</p>
        <div className="grid gap-4 md:grid-cols-[minmax(0,404px)_minmax(0,1fr)]">
          <section className={CARD}>
            <div className="h-[268px] border-b border-border">
              <FlowPiece zoom={0.51} x={26} y={14} />
            </div>
            <Text title={t("refundTitle")} text={t("refundText")}>
              <Button variant="primary" onClick={onOpenRefund} data-tour="open-refund">
                {t("openIt")}
              </Button>
              <span className="text-12 text-text-3">{t("tourNote")}</span>
            </Text>
          </section>
          <div className="flex flex-col gap-4">
            <section className={CARD}>
              <Text title={t("blankTitle")} text={t("blankText")}>
                <Button onClick={() => onBegin("blank")}>{t("new")}</Button>
              </Text>
            </section>
            <section className={CARD}>
              <Text title={t("bringTitle")} text={t("bringText")}>
                <Button onClick={() => onBegin("bring")}>{t("chooseFile")}</Button>
              </Text>
            </section>
            <Legend />
          </div>
        </div>
      </div>
    </div>
  );
}

function Text({ title, text, children }: { title: string; text: string; children: ReactNode }): JSX.Element {
  return (
    <div className="flex flex-1 flex-col gap-1 px-4 pt-3.5 pb-4">
      <h3 className="text-14/5 font-semibold">{title}</h3>
      <p className="text-text-2">{text}</p>
      <div className="mt-2.5 flex flex-wrap items-center gap-2">{children}</div>
    </div>
  );
}

const bold = (parts: ReactNode[]): ReactNode => <b className="font-medium text-text">{parts}</b>;
const TILE = "relative grid size-6 place-items-center rounded-sm";

/** The marks of the house in one line each. */
function Legend(): JSX.Element {
  const t = useWords(words);
  return (
    <dl className="grid grid-cols-[24px_1fr] items-start gap-x-3 gap-y-1 px-1 pt-2 text-text-2">
      <dt aria-hidden className={cx(TILE, "bg-waiting-soft text-waiting-text")}>
        <Hourglass className="size-3.5" strokeWidth={1.75} />
      </dt>
      <dd>{t.rich("railLegend", { b: bold })}</dd>
      <dt aria-hidden className={TILE}>
        <span className="size-2.5 rounded-[1.5px] bg-edge-taken" />
      </dt>
      <dd>{t.rich("checkpointLegend", { b: bold })}</dd>
      <dt aria-hidden className={cx(TILE, "border-[1.5px] border-dotted border-text-3 bg-surface text-text")}>
        <Sparkles className="size-3.5" strokeWidth={1.75} />
      </dt>
      <dd>{t.rich("dotsLegend", { b: bold })}</dd>
    </dl>
  );
}
