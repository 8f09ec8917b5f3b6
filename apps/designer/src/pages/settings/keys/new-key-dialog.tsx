import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useState, type JSX } from "react";
import { useTRPC } from "../../../rpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { Checkbox } from "../../../ui/checkbox.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { explain } from "../../../ui/problem.ts";
import { Segmented } from "../../../ui/segmented.tsx";
import { TextInput } from "../../../ui/text-input.tsx";
import { done } from "../../../ui/toast.ts";
import { useWords } from "../../../words/use-words.tsx";
import { LASTING, type Scope, SCOPES } from "./scopes.ts";
import { words } from "./words.ts";

/** Makes a key and shows its text, once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["flows:read", "runs:read"]);
  const [days, setDays] = useState("90");
  const create = useMutation(
    trpc.keys.create.mutationOptions({
      onSuccess: () => void queries.invalidateQueries(trpc.keys.pathFilter()),
    }),
  );
  if (create.data !== undefined) return <MadeKey name={name} text={create.data.key} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("new")}
      size="md"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" type="submit" form="new-key" disabled={scopes.length === 0 || create.isPending}>
            {t("create")}
          </Button>
        </>
      }
    >
      <form
        id="new-key"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ name: name.trim(), scopes: [...scopes], days: Number(days) });
        }}
      >
        <Field label={t("name")} help={t("nameHelp")}>
          <TextInput required maxLength={100} autoComplete="off" value={name} onChange={setName} />
        </Field>
        <fieldset className="mt-3">
          <legend className="mb-1 text-12 font-medium text-text-2">{t("scopes")}</legend>
          <div className="grid sm:grid-cols-2">
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                checked={scopes.includes(scope)}
                onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope))}
                label={<code className="text-12">{scope}</code>}
              />
            ))}
          </div>
        </fieldset>
        <div className="mt-3 flex items-center gap-3">
          <span className="text-12 font-medium text-text-2">{t("lasts")}</span>
          <Segmented
            label={t("lasts")}
            value={days}
            onChange={setDays}
            options={LASTING.map((each) => ({ value: String(each), label: t("days", { days: each }) }))}
          />
        </div>
        {create.isError && (
          <p role="alert" className="mt-3 text-12 text-failed-text">
            {explain(create.error).what}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function MadeKey({ name, text, onClose }: { name: string; text: string; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => done(t("copied")));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("madeTitle", { name })}
      size="md"
      footer={
        <>
          <Button icon={Copy} onClick={copy}>
            {t("copy")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("done")}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-text-2">{t("madeText")}</p>
      <TextInput mono readOnly aria-label={t("key")} value={text} onFocus={(event) => event.target.select()} />
    </Dialog>
  );
}
