import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useState, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { TextInput } from "../../ui/text-input.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { groupsFrom, type Person, type Role, ROLES } from "./person.ts";
import { RoleFields } from "./role-fields.tsx";
import { words } from "./words.ts";

/** A link that was made for somebody. */
export interface PersonLink {
  readonly name: string;
  readonly path: string;
  /** The address that it has been mailed to. */
  readonly mailedTo?: string | undefined;
}

function Wrong({ error }: { error: unknown }): JSX.Element | null {
  if (error === null) return null;
  return (
    <p role="alert" className="mt-3 text-12 text-failed-text">
      {explain(error).what}
    </p>
  );
}

function Footer({ form, label, onClose }: { form: string; label: string; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  return (
    <>
      <Button variant="ghost" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button variant="primary" type="submit" form={form}>
        {label}
      </Button>
    </>
  );
}

export interface InviteDialogProps {
  readonly onClose: () => void;
  readonly onLink: (link: PersonLink) => void;
}

export function InviteDialog({ onClose, onLink }: InviteDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>(["viewer"]);
  const [groups, setGroups] = useState("");
  const invite = useMutation(
    trpc.people.invite.mutationOptions({
      onSuccess: ({ path, mailed }) => {
        void queries.invalidateQueries(trpc.people.pathFilter());
        onLink({ name, path, mailedTo: mailed ? email.trim() : undefined });
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("inviteTitle")}
      size="md"
      footer={<Footer form="invite" label={t("send")} onClose={onClose} />}
    >
      <form
        id="invite"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ name: name.trim(), email: email.trim(), roles: [...roles], groups: [...groupsFrom(groups)] });
        }}
      >
        <Field label={t("name")}>
          <TextInput required maxLength={100} autoComplete="off" value={name} onChange={setName} />
        </Field>
        <Field label={t("email")}>
          <TextInput required type="email" autoComplete="off" value={email} onChange={setEmail} />
        </Field>
        <RoleFields roles={roles} groups={groups} onRoles={setRoles} onGroups={setGroups} />
        <Wrong error={invite.error} />
      </form>
    </Dialog>
  );
}

export function EditDialog({ person, onClose }: { person: Person; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [roles, setRoles] = useState<readonly Role[]>(ROLES.filter((role) => person.roles.includes(role)));
  const [groups, setGroups] = useState(person.groups.join(", "));
  const change = useMutation(
    trpc.people.change.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.people.pathFilter());
        void queries.invalidateQueries(trpc.session.pathFilter());
        done(t("changed", { name: person.name }));
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("editTitle", { name: person.name })}
      size="md"
      footer={<Footer form="edit-person" label={t("save")} onClose={onClose} />}
    >
      <form
        id="edit-person"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ id: person.id, roles: [...roles], groups: [...groupsFrom(groups)] });
        }}
      >
        <RoleFields roles={roles} groups={groups} onRoles={setRoles} onGroups={setGroups} />
        <Wrong error={change.error} />
      </form>
    </Dialog>
  );
}

/** Shown once. */
export function LinkDialog({ link, onClose }: { link: PersonLink; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const address = new URL(link.path, window.location.origin).href;
  const copy = (): void => {
    void navigator.clipboard.writeText(address).then(() => done(t("copied")));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("linkTitle", { name: link.name })}
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
      <p className="mb-3 text-text-2">
        {link.mailedTo === undefined ? t("linkText", { name: link.name }) : t("linkMailed", { email: link.mailedTo })}
      </p>
      <TextInput mono readOnly aria-label={t("link")} value={address} onFocus={(event) => event.target.select()} />
    </Dialog>
  );
}
