import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type JSX, type ReactNode } from "react";
import { useTRPC } from "../../../rpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { explain } from "../../../ui/problem.ts";
import { Select } from "../../../ui/select.tsx";
import { TextInput } from "../../../ui/text-input.tsx";
import { done } from "../../../ui/toast.ts";
import { useWords } from "../../../words/use-words.tsx";
import { type Connection, type ConnectionType, namesItsHost, NOTHING_TYPED, TYPES, valueOf } from "./connection.ts";
import { GrantFields, type Grants, grantsOf } from "./grant-fields.tsx";
import { ValueFields } from "./value-fields.tsx";
import { words } from "./words.ts";

export type Open =
  { readonly kind: "new" } | { readonly kind: "value" | "grants" | "revoke"; readonly connection: Connection };

export function ConnectionDialogs({
  open,
  onClose,
}: {
  open: Open | undefined;
  onClose: () => void;
}): JSX.Element | null {
  switch (open?.kind) {
    case "new":
      return <NewDialog onClose={onClose} />;
    case "value":
      return <ValueDialog connection={open.connection} onClose={onClose} />;
    case "grants":
      return <GrantsDialog connection={open.connection} onClose={onClose} />;
    case "revoke":
      return <RevokeDialog connection={open.connection} onClose={onClose} />;
    case undefined:
      return null;
  }
}

interface FormProps {
  readonly title: string;
  readonly label: string;
  readonly pending: boolean;
  readonly error: unknown;
  readonly danger?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function FormDialog({
  title,
  label,
  pending,
  error,
  danger = false,
  onSubmit,
  onClose,
  children,
}: FormProps): JSX.Element {
  const t = useWords(words);
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      size="md"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant={danger ? "danger" : "primary"} type="submit" form="connection" disabled={pending}>
            {label}
          </Button>
        </>
      }
    >
      <form
        id="connection"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        {error !== null && (
          <p role="alert" className="mt-3 text-12 text-failed-text">
            {explain(error).what}
          </p>
        )}
      </form>
    </Dialog>
  );
}

/** Reads the list anew, tells what was done, and closes. */
function useClose(onClose: () => void): (text: string) => void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return (text) => {
    void queries.invalidateQueries(trpc.credentials.pathFilter());
    done(text);
    onClose();
  };
}

function NewDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const close = useClose(onClose);
  const [name, setName] = useState("");
  const [type, setType] = useState<ConnectionType>("bearer");
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [grants, setGrants] = useState<Grants>({ flows: [], every: false, hosts: "", testUrl: "" });
  const set = useMutation(
    trpc.credentials.set.mutationOptions({ onSuccess: () => close(t("stored", { name: name.trim() })) }),
  );
  return (
    <FormDialog
      title={t("new")}
      label={t("store")}
      pending={set.isPending}
      error={set.error}
      onClose={onClose}
      onSubmit={() => set.mutate({ name: name.trim(), value: valueOf(type, typed), ...grantsOf(grants, type) })}
    >
      <Field label={t("name")} help={t("nameHelp")}>
        <TextInput required mono maxLength={63} pattern="[a-z][a-z0-9\-]*" value={name} onChange={setName} />
      </Field>
      <Field label={t("type")}>
        <Select
          label={t("type")}
          value={type}
          onChange={setType}
          options={TYPES.map((each) => ({ value: each, label: t(each) }))}
        />
      </Field>
      <ValueFields type={type} typed={typed} onChange={setTyped} />
      <GrantFields type={type} grants={grants} onChange={setGrants} />
    </FormDialog>
  );
}

function ValueDialog({ connection, onClose }: { connection: Connection; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const close = useClose(onClose);
  const { name, type } = connection;
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const set = useMutation(trpc.credentials.set.mutationOptions({ onSuccess: () => close(t("stored", { name })) }));
  return (
    <FormDialog
      title={t("newValueTitle", { name })}
      label={t("store")}
      pending={set.isPending}
      error={set.error}
      onClose={onClose}
      onSubmit={() => set.mutate({ name, value: valueOf(type, typed) })}
    >
      <p className="mb-3 text-12 text-text-2">{t("newValueText")}</p>
      <ValueFields type={type} typed={typed} onChange={setTyped} />
    </FormDialog>
  );
}

function GrantsDialog({ connection, onClose }: { connection: Connection; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const close = useClose(onClose);
  const { name, type, flows, hosts, testUrl } = connection;
  const [grants, setGrants] = useState<Grants>({
    flows: flows ?? [],
    every: flows === null,
    hosts: hosts.join(", "),
    testUrl: testUrl ?? "",
  });
  const grant = useMutation(trpc.credentials.grant.mutationOptions({ onSuccess: () => close(t("granted", { name })) }));
  return (
    <FormDialog
      title={t("grantsTitle", { name })}
      label={t("save")}
      pending={grant.isPending}
      error={grant.error}
      onClose={onClose}
      onSubmit={() => grant.mutate({ name, ...grantsOf(grants, type) })}
    >
      {namesItsHost(type) && <p className="mb-3 text-12 text-text-2">{t("itsHost", { host: hosts.join(", ") })}</p>}
      <GrantFields type={type} grants={grants} onChange={setGrants} />
    </FormDialog>
  );
}

function RevokeDialog({ connection, onClose }: { connection: Connection; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const close = useClose(onClose);
  const { name } = connection;
  const revoke = useMutation(
    trpc.credentials.revoke.mutationOptions({ onSuccess: () => close(t("revoked", { name })) }),
  );
  return (
    <FormDialog
      title={t("revokeTitle", { name })}
      label={t("revokeNow")}
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onSubmit={() => revoke.mutate({ name })}
    >
      <p className="text-text-2">{t("revokeText")}</p>
    </FormDialog>
  );
}
