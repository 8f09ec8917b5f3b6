import { Braces } from "lucide-react";
import {
  Suspense,
  lazy,
  useDeferredValue,
  useId,
  useMemo,
  useRef,
  useState,
  type JSX,
  type ReactNode,
  type RefObject,
} from "react";
import type { Roots, TypeEnv } from "@holdfast/dsl";
import { CONTROL } from "../ui/control.ts";
import { cx } from "../ui/cx.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { useWords } from "../words/use-words.tsx";
import type { CodeEditorProps, EditorHandle } from "./code-editor.tsx";
import { checkField, joinIssues } from "./field-check.ts";
import { IssueLines } from "./issue-lines.tsx";
import { LiveLine } from "./live-line.tsx";
import { liveValue } from "./live-value.ts";
import type { FieldMode, LiveValue } from "./live-value.ts";
import { PickerPopup } from "./picker-popup.tsx";
import { quickFix } from "./quick-fix.ts";
import type { FieldIssue } from "./quick-fix.ts";
import { typeWords } from "./type-words.ts";
import { words } from "./words.ts";

const CodeEditor = lazy(async () => ({ default: (await import("./code-editor.tsx")).CodeEditor }));

export interface ExpressionFieldProps {
  readonly mode: FieldMode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Its name, shown above it; of a field in a row (`bare`) only spoken. */
  readonly label: string;
  readonly bare?: boolean | undefined;
  readonly help?: ReactNode;
  readonly required?: boolean | undefined;
  readonly multiline?: boolean | undefined;
  readonly placeholder?: string | undefined;
  readonly autoFocus?: boolean | undefined;
  /** Right of the label. */
  readonly hint?: ReactNode;
  readonly env: TypeEnv;
  readonly nodeName: (id: string) => string;
  readonly sample?: { readonly name: string; readonly roots: Roots } | undefined;
  /** What the whole document's check says of this place. */
  readonly issues?: readonly FieldIssue[] | undefined;
  readonly escape?: "none" | "html" | undefined;
}

const NO_ROOTS: Roots = {};
const NO_ISSUES: readonly FieldIssue[] = [];

/** Text with values in it, or a bare expression: checked as it is typed, shown with real values beneath. */
export function ExpressionField(props: ExpressionFieldProps): JSX.Element {
  const { mode, value, onChange, label, bare = false, help, env, nodeName, sample } = props;
  const t = useWords(words);
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorHandle>(undefined);
  const [picker, setPicker] = useState<"closed" | "open" | "typed">("closed");
  const { issues, live, wrong, fixOf } = useChecked(props);
  const roots = sample?.roots ?? NO_ROOTS;
  const described = [issues.length > 0 ? `${id}-issues` : "", help === undefined ? "" : `${id}-help`];
  const editorProps: CodeEditorProps = {
    value,
    onChange,
    surroundings: { mode, env, roots, nodeName, typeName: (type) => typeWords(type, t) },
    issues,
    name: label,
    labelledBy: bare ? undefined : `${id}-label`,
    describedBy: described.filter((one) => one !== "").join(" ") || undefined,
    invalid: wrong,
    required: props.required,
    multiline: props.multiline ?? false,
    placeholder: props.placeholder,
    autoFocus: props.autoFocus,
    onPick: (typed) => setPicker(typed ? "typed" : "open"),
    onReady: (handle) => {
      editor.current = handle;
    },
  };
  return (
    <div className={cx("flex min-w-0 flex-col", !bare && "[&+&]:mt-3")}>
      {!bare && (
        <FieldHead
          id={`${id}-label`}
          label={label}
          hint={props.hint}
          mode={mode}
          onPress={() => editor.current?.focus()}
        />
      )}
      <EditorFrame frame={frame} wrong={wrong} editor={editorProps} onInsert={() => setPicker("open")} />
      <PickerPopup
        open={picker !== "closed"}
        anchor={frame}
        env={env}
        nodeName={nodeName}
        roots={roots}
        onBrace={picker === "typed" ? () => editor.current?.openBraces() : undefined}
        onClose={() => {
          setPicker("closed");
          editor.current?.focus();
        }}
        onChoose={(expression) => editor.current?.insert(expression, picker === "typed" ? 1 : 0)}
      />
      <IssueLines id={`${id}-issues`} issues={issues} fixOf={fixOf} />
      {live !== undefined && sample !== undefined && <LiveLine mode={mode} live={live} sample={sample.name} />}
      {help !== undefined && (
        <p id={`${id}-help`} className="mt-[5px] text-12 text-text-3">
          {help}
        </p>
      )}
    </div>
  );
}

interface Checked {
  readonly issues: readonly FieldIssue[];
  /** Nothing is shown of what can't work. */
  readonly live: LiveValue | undefined;
  readonly wrong: boolean;
  readonly fixOf: (issue: FieldIssue) => (() => void) | undefined;
}

function useChecked({ mode, value, onChange, env, sample, issues: given, escape }: ExpressionFieldProps): Checked {
  const late = useDeferredValue(value);
  const own = useMemo(() => checkField(mode, late, env), [mode, late, env]);
  const issues = useMemo(() => joinIssues(own, given ?? NO_ISSUES), [own, given]);
  const live = useMemo(
    () => (sample === undefined ? undefined : liveValue(mode, late, sample.roots, escape)),
    [mode, late, escape, sample],
  );
  const wrong = issues.some(({ severity }) => severity === "error");
  const fixOf = (issue: FieldIssue): (() => void) | undefined => {
    const change = quickFix(issue, value, env);
    return change && (() => onChange(value.slice(0, change.from) + change.insert + value.slice(change.to)));
  };
  return { issues, live: wrong ? undefined : live, wrong, fixOf };
}

interface FieldHeadProps {
  readonly id: string;
  readonly label: string;
  readonly hint: ReactNode;
  readonly mode: FieldMode;
  readonly onPress: () => void;
}

function FieldHead({ id, label, hint, mode, onPress }: FieldHeadProps): JSX.Element {
  const t = useWords(words);
  return (
    <div className="mb-[5px] flex items-center gap-2 text-12 text-text-2">
      <span id={id} className="font-medium" onClick={onPress}>
        {label}
      </span>
      <span className="ml-auto text-11 text-text-3">{hint ?? (mode === "template" ? t("textWithValues") : "CEL")}</span>
    </div>
  );
}

interface EditorFrameProps {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly wrong: boolean;
  readonly editor: CodeEditorProps;
  readonly onInsert: () => void;
}

function EditorFrame({ frame, wrong, editor, onInsert }: EditorFrameProps): JSX.Element {
  const t = useWords(words);
  return (
    <div
      ref={frame}
      className={cx(
        CONTROL,
        "relative flex min-h-[30px] items-start has-focus-visible:border-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-[-1px] has-focus-visible:outline-focus pointer-coarse:min-h-11",
        editor.surroundings.mode !== "template" && "font-mono text-12",
        wrong && "border-failed",
      )}
    >
      <div className={cx("min-w-0 flex-1", editor.multiline && "max-h-72 min-h-[76px] overflow-y-auto")}>
        <Suspense fallback={<Still text={editor.value} />}>
          <CodeEditor {...editor} />
        </Suspense>
      </div>
      <IconButton icon={Braces} size="sm" label={t("insert")} kbd="⌥Space" className="m-0.5" onClick={onInsert} />
    </div>
  );
}

/** Until the editor is there. */
function Still({ text }: { readonly text: string }): JSX.Element {
  return <div className="px-2 py-[3px] leading-[1.375rem] break-words whitespace-pre-wrap text-text-2">{text}</div>;
}
