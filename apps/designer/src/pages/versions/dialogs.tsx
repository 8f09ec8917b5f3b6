import { useNavigate } from "@tanstack/react-router";
import type { JSX } from "react";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { PublishSheet } from "../../versions/publish-sheet.tsx";
import { RollBackDialog } from "./roll-back-dialog.tsx";
import type { Version } from "./spine.tsx";

export type Asked = { readonly rollBack: number } | "publish" | undefined;

interface VersionDialogsProps {
  readonly flow: string;
  readonly draft: OpenDraft;
  readonly versions: readonly Version[];
  readonly asked: Asked;
  readonly onClose: () => void;
}

export function VersionDialogs({ flow, draft, versions, asked, onClose }: VersionDialogsProps): JSX.Element | null {
  const navigate = useNavigate();
  if (asked === undefined) return null;
  if (asked === "publish") {
    return (
      <PublishSheet
        flow={flow}
        draft={draft}
        onClose={onClose}
        onGoTo={(node) =>
          void navigate({ to: "/flows/$flow", params: { flow }, search: node === undefined ? {} : { node } })
        }
      />
    );
  }
  return (
    <RollBackDialog
      flow={flow}
      version={asked.rollBack}
      versions={versions}
      onClose={onClose}
      onDone={() => void draft.reload()}
    />
  );
}
