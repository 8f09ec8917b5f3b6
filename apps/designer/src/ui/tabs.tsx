import { Tabs as Base } from "@base-ui/react/tabs";
import { useMemo, useRef, type JSX, type ReactNode } from "react";
import { cx } from "./cx.ts";

export interface TabsProps<T extends string> {
  readonly tabs: readonly { readonly id: T; readonly label: string; readonly badge?: ReactNode }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly label: string;
  readonly className?: string | undefined;
  /** The panel of the chosen tab. */
  readonly children?: ReactNode;
}

export function Tabs<T extends string>({
  tabs,
  value,
  onChange,
  label,
  className,
  children,
}: TabsProps<T>): JSX.Element {
  const spring = useSpring();
  return (
    <Base.Root
      value={value}
      onValueChange={(next: T) => onChange(next)}
      className={cx("flex min-h-0 flex-col", className)}
    >
      <Base.List
        aria-label={label}
        activateOnFocus
        className="flex shrink-0 gap-[18px] overflow-x-auto border-b border-border px-4 [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.id}
            value={tab.id}
            onDragEnter={() => spring.over(() => onChange(tab.id))}
            onDragLeave={spring.away}
            className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent font-medium whitespace-nowrap text-text-3 outline-offset-[-2px] hover:text-text data-active:border-accent data-active:text-text pointer-coarse:h-11"
          >
            {tab.label}
            {tab.badge !== undefined && <span className="text-11 text-text-3 tabular-nums">{tab.badge}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {children !== undefined && (
        <Base.Panel value={value} className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]">
          {children}
        </Base.Panel>
      )}
    </Base.Root>
  );
}

/** Milliseconds that something dragged stands over a tab until that opens. */
const OPENS_AFTER = 350;

/** What is dragged from one tab can be dropped on another. */
function useSpring(): { readonly over: (open: () => void) => void; readonly away: () => void } {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return useMemo(() => {
    const away = (): void => clearTimeout(timer.current);
    const over = (open: () => void): void => {
      away();
      timer.current = setTimeout(open, OPENS_AFTER);
    };
    return { over, away };
  }, []);
}
