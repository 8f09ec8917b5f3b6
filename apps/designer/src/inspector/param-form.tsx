import type { JsonSchema } from "@holdfast/dsl";
import { ChevronRight } from "lucide-react";
import { useState, type JSX } from "react";
import { isAt, useAskedFor } from "../fields/asked-field.ts";
import { exclusiveFields } from "../fields/form-model.ts";
import type { FieldSpec } from "../fields/form-model.ts";
import { useHost } from "../fields/host.ts";
import { paramText } from "../fields/param-text.ts";
import { words as fieldWords } from "../fields/words.ts";
import { Segmented } from "../ui/segmented.tsx";
import { useWords } from "../words/use-words.tsx";
import { cx } from "../ui/cx.ts";

export interface ParamFormProps {
  readonly schema: JsonSchema;
  readonly fields: readonly FieldSpec[];
}

/** The fields of a tab; what is seldom needed stands behind "More settings" until it is filled in. */
export function ParamForm({ schema, fields }: ParamFormProps): JSX.Element {
  const host = useHost();
  const exclusive = exclusiveFields(schema);
  const isFilled = ({ pointer }: FieldSpec): boolean => host.value(host.base + pointer) !== undefined;
  const isWrong = ({ pointer }: FieldSpec): boolean => host.issuesAt(host.base + pointer).length > 0;
  const plain = fields.filter(({ name }) => !exclusive.includes(name));
  const shown = plain.filter((field) => !field.more || isFilled(field) || isWrong(field));
  const rest = plain.filter((field) => !shown.includes(field));
  return (
    <div className="flex min-w-0 flex-col">
      {exclusive.length > 0 && <Exclusive fields={fields.filter(({ name }) => exclusive.includes(name))} />}
      {shown.map((field) => (
        <div key={field.pointer} className="not-first:mt-3">
          <host.Field {...field} pointer={host.base + field.pointer} />
        </div>
      ))}
      {rest.length > 0 && <More fields={rest} />}
    </div>
  );
}

function More({ fields }: { readonly fields: readonly FieldSpec[] }): JSX.Element {
  const host = useHost();
  const t = useWords(fieldWords);
  const [open, setOpen] = useState(false);
  useAskedFor(host.base, (asked) => {
    if (fields.some(({ pointer }) => isAt(asked, host.base + pointer))) setOpen(true);
  });
  return (
    <div className="not-first:mt-3">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1 rounded-xs text-12 font-medium text-text-2 hover:text-text pointer-coarse:min-h-11"
      >
        <ChevronRight
          aria-hidden
          className={cx("size-3.5 transition-transform", open && "rotate-90")}
          strokeWidth={1.75}
        />
        {t("more")}
      </button>
      {open && (
        <div className="mt-2 flex flex-col">
          {fields.map((field) => (
            <div key={field.pointer} className="not-first:mt-3">
              <host.Field {...field} pointer={host.base + field.pointer} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** Of several fields one is filled in. */
function Exclusive({ fields }: { readonly fields: readonly FieldSpec[] }): JSX.Element | null {
  const host = useHost();
  const t = useWords(fieldWords);
  const filled = fields.find(({ pointer }) => host.value(host.base + pointer) !== undefined);
  const [chosen, setChosen] = useState<string>();
  const shown = filled ?? fields.find(({ name }) => name === chosen) ?? fields[0];
  if (shown === undefined) return null;
  return (
    <>
      <Segmented
        label={t("how")}
        value={shown.name}
        className="mb-3 self-start"
        options={fields.map(({ name, pointer, schema }) => ({
          value: name,
          label: paramText(host.type, pointer, schema, t.language).label,
        }))}
        onChange={(next) => {
          setChosen(next);
          if (filled !== undefined && filled.name !== next) host.set(host.base + filled.pointer, undefined);
        }}
      />
      <host.Field {...shown} pointer={host.base + shown.pointer} required />
    </>
  );
}
