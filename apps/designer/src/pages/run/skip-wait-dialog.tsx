import type { FlowDocument } from "@holdfast/dsl";
import { portsOf } from "@holdfast/dsl";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import type { RunDetails } from "../../rpc/outputs.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { Select } from "../../ui/select.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import type { RunWait } from "./run-facts.ts";
import { words } from "./words.ts";

export interface SkipWaitDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wait: RunWait;
  readonly details: RunDetails;
  readonly flow: FlowDocument;
}

/** Ends a wait by hand: the run leaves by the outcome that is chosen. */
export function SkipWaitDialog({ open, onClose, wait, details, flow }: SkipWaitDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const spec = flow.nodes[wait.node];
  const manifest = details.manifests.find(({ type }) => type === spec?.type);
  const ownPorts = spec === undefined || manifest === undefined ? [] : portsOf(manifest, spec.params);
  const ports = wait.endsBy ?? ownPorts;
  const [port, setPort] = useState(ports[0] ?? "out");
  const skip = useMutation(
    trpc.runs.skipWait.mutationOptions({
      onSuccess: () => {
        done(t("skipped"));
        void client.invalidateQueries(trpc.runs.pathFilter());
        onClose();
      },
    }),
  );
  const edge = details.derived?.edges.find(({ from, port: left }) => from === wait.node && left === port);
  const target = wait.endsBy === null ? edge?.to : wait.node;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("skipTitle")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("keepWaiting")}
          </Button>
          <Button
            variant="danger"
            disabled={skip.isPending}
            onClick={() => skip.mutate({ run: details.run.id, wait: wait.id, port })}
          >
            {t("skipDo")}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-14 text-text-2">{t("skipText")}</p>
      <Field
        label={t("skipPort")}
        help={target === undefined ? undefined : (flow.nodes[target]?.name ?? target)}
        error={skip.error === null ? undefined : explain(skip.error).what}
      >
        <Select
          label={t("skipPort")}
          value={port}
          onChange={setPort}
          options={ports.map((each) => ({ value: each, label: each }))}
        />
      </Field>
    </Dialog>
  );
}
