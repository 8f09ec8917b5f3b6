import { Input } from "@base-ui/react/input";
import type { LucideIcon } from "lucide-react";
import type { ComponentPropsWithRef, JSX } from "react";
import { CONTROL, CONTROL_SIZE, type ControlSize } from "./control.ts";
import { cx } from "./cx.ts";
import { Kbd } from "./kbd.tsx";

export interface TextInputProps extends Omit<
  ComponentPropsWithRef<"input">,
  "size" | "onChange" | "value" | "defaultValue"
> {
  readonly value?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly onChange?: ((value: string) => void) | undefined;
  readonly size?: ControlSize | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly kbd?: string | undefined;
  /** Ids, event names, expressions. */
  readonly mono?: boolean | undefined;
  readonly invalid?: boolean | undefined;
}

export function TextInput(props: TextInputProps): JSX.Element {
  const { onChange, size = "md", icon: Icon, kbd, mono = false, invalid, className, ...rest } = props;
  const input = (
    <Input
      {...rest}
      aria-invalid={invalid}
      onValueChange={(value) => onChange?.(value)}
      className={cx(
        CONTROL,
        CONTROL_SIZE[size],
        mono && "font-mono text-12",
        Icon !== undefined && "pl-7",
        kbd !== undefined && "pr-9",
        className,
      )}
    />
  );
  if (Icon === undefined && kbd === undefined) return input;
  return (
    <div className="relative flex w-full min-w-0 items-center">
      {Icon !== undefined && (
        <Icon aria-hidden className="pointer-events-none absolute left-2 size-3.5 text-text-3" strokeWidth={1.75} />
      )}
      {input}
      {kbd !== undefined && (
        <span className="pointer-events-none absolute right-1.5 grid">
          <Kbd>{kbd}</Kbd>
        </span>
      )}
    </div>
  );
}
