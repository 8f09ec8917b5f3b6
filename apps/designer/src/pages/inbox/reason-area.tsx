import type { JSX } from "react";
import { TextArea } from "../../ui/text-area.tsx";

export interface ReasonAreaProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What is said with an answer. It is found by its mark where a reason is missing. */
export function ReasonArea({ value, onChange }: ReasonAreaProps): JSX.Element {
  return (
    <TextArea
      data-reason
      rows={1}
      className="pointer-coarse:!min-h-11"
      value={value}
      onChange={onChange}
      maxLength={10_000}
    />
  );
}
