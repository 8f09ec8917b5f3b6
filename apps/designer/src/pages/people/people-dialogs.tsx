import type { JSX } from "react";
import { DetachDialog } from "./detach-dialog.tsx";
import { EditDialog, InviteDialog, LinkDialog, type PersonLink } from "./dialogs.tsx";
import { GroupsDialog } from "./groups-dialog.tsx";
import type { Person } from "./person.ts";

/** What stands open over the list. */
export type Open =
  | { readonly kind: "invite" }
  | { readonly kind: "groups" }
  | { readonly kind: "detach"; readonly person: Person }
  | { readonly kind: "edit"; readonly person: Person }
  | ({ readonly kind: "link" } & PersonLink);

export interface PeopleDialogsProps {
  readonly open: Open | undefined;
  readonly onOpen: (open: Open | undefined) => void;
}

export function PeopleDialogs({ open, onOpen }: PeopleDialogsProps): JSX.Element | null {
  const close = (): void => onOpen(undefined);
  switch (open?.kind) {
    case "invite":
      return <InviteDialog onClose={close} onLink={(link) => onOpen({ kind: "link", ...link })} />;
    case "groups":
      return <GroupsDialog onClose={close} />;
    case "edit":
      return <EditDialog person={open.person} onClose={close} />;
    case "detach":
      return <DetachDialog person={open.person} onClose={close} />;
    case "link":
      return <LinkDialog link={open} onClose={close} />;
    case undefined:
      return null;
  }
}
