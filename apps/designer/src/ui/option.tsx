import { Check, type LucideIcon } from "lucide-react";
import type { JSX } from "react";

/** One thing to choose. */
export interface Option<T extends string = string> {
  readonly value: T;
  readonly label: string;
  /** Behind the label, quieter: "4 people". */
  readonly detail?: string | undefined;
  readonly icon?: LucideIcon | undefined;
}

export function OptionText({ option }: { option: Option }): JSX.Element {
  const { icon: Icon } = option;
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      {Icon !== undefined && <Icon aria-hidden className="size-4 shrink-0 text-text-2" strokeWidth={1.75} />}
      <span className="truncate">{option.label}</span>
      {option.detail !== undefined && <span className="truncate text-text-3">{option.detail}</span>}
    </span>
  );
}

export function Chosen(): JSX.Element {
  return <Check aria-hidden className="ml-auto size-3.5 shrink-0 text-accent-text" strokeWidth={1.75} />;
}
