import type { JSX, ReactNode } from "react";
import { Braces, TextCursorInput } from "lucide-react";
import { ExpressionField } from "../expression-field/expression-field.tsx";
import { Field } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { useWords } from "../words/use-words.tsx";
import type { ParamFieldProps } from "./host.ts";
import type { Param } from "./use-param.ts";
import { words } from "./words.ts";

export interface PlainFieldProps {
  readonly param: Param;
  readonly bare?: boolean | undefined;
  readonly help?: ReactNode;
  readonly error?: ReactNode;
  readonly children: ReactNode;
}

/** A control with its name and what is wrong; in a row the control alone. */
export function PlainField({ param, bare = false, help, error, children }: PlainFieldProps): JSX.Element {
  if (bare && param.error === undefined) return <>{children}</>;
  return (
    <Field
      label={bare ? <span className="sr-only">{param.label}</span> : param.label}
      help={bare ? undefined : (help ?? param.help)}
      error={error ?? param.error}
    >
      {children}
    </Field>
  );
}

export interface SwitchFieldProps extends ParamFieldProps {
  readonly param: Param;
  readonly asExpression: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly help?: ReactNode;
  readonly error?: ReactNode;
  readonly children: ReactNode;
}

/** A typed control, or an expression that gives its value. */
export function SwitchField(props: SwitchFieldProps): JSX.Element {
  const { param, asExpression, onSwitch, bare, help, error, children } = props;
  const t = useWords(words);
  const { host, value, set, label, issues, env, required, open } = param;
  if (!open) {
    return (
      <PlainField param={param} bare={bare} help={help} error={error}>
        {children}
      </PlainField>
    );
  }
  const toggle = (
    <IconButton
      icon={asExpression ? TextCursorInput : Braces}
      size="sm"
      label={asExpression ? t("typeValue") : t("useValue")}
      onClick={() => {
        if (asExpression) set(undefined);
        onSwitch(!asExpression);
      }}
    />
  );
  if (asExpression) {
    return (
      <ExpressionField
        mode="template"
        value={typeof value === "string" ? value : ""}
        onChange={(next) => set(next === "" && !required ? undefined : next)}
        label={label}
        bare={bare}
        hint={toggle}
        help={bare === true ? undefined : (help ?? param.help)}
        env={env}
        nodeName={host.nodeName}
        sample={host.sample}
        issues={issues}
      />
    );
  }
  return (
    <PlainField param={param} bare={bare} help={help} error={error}>
      <div className="flex min-w-0 items-center gap-1">
        <div className="min-w-0 flex-1">{children}</div>
        {toggle}
      </div>
    </PlainField>
  );
}
