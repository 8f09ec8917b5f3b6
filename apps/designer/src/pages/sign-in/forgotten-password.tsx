import { useMutation } from "@tanstack/react-query";
import type { JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { useWords } from "../../words/use-words.tsx";
import { Refusal } from "./refusal.tsx";
import { signInError } from "./sign-in-error.ts";
import { words } from "./words.ts";

/** Asks for a link to the address that stands in the form. The answer is the same for everybody. */
export function ForgottenPassword({ email }: { email: string }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const ask = useMutation(trpc.session.requestReset.mutationOptions());
  const address = email.trim();
  return (
    <div className="mt-3 text-12">
      {ask.isSuccess ? (
        <p role="status" className="text-text-2">
          {t("resetSent", { email: ask.variables.email })}
        </p>
      ) : (
        <button
          type="button"
          disabled={ask.isPending}
          onClick={() => ask.mutate({ email: address })}
          className="rounded-xs text-accent-text hover:underline pointer-coarse:min-h-11"
        >
          {t("forgotten")}
        </button>
      )}
      {ask.isError && <Refusal>{address === "" ? t("resetNeedsEmail") : signInError(ask.error, t)}</Refusal>}
    </div>
  );
}
