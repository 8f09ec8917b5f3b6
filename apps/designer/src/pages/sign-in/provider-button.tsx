import { useMutation } from "@tanstack/react-query";
import { LogIn } from "lucide-react";
import type { JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { problemOf } from "../../ui/problem.ts";
import { useWords } from "../../words/use-words.tsx";
import { Refusal } from "./refusal.tsx";
import { words } from "./words.ts";

/** The codes with which the way back ends, and what they mean to a person. */
const REASONS = {
  sign_in_expired: "expired",
  provider_denied: "denied",
  too_many_tries: "tooManyReturns",
  email_unverified: "unverified",
  nobody_here: "nobody",
  identity_taken: "taken",
  person_disabled: "disabled",
  https_needed: "unsafe",
} as const satisfies Readonly<Record<string, keyof (typeof words)["en"]>>;

const isReason = (code: string): code is keyof typeof REASONS => Object.hasOwn(REASONS, code);

export interface ProviderButtonProps {
  /** Of the provider. */
  readonly name: string;
  /** The page that somebody came for. */
  readonly to: string | undefined;
  /** How the last way back ended. */
  readonly refused: string | undefined;
}

/** The second way in, below the first. */
export function ProviderButton({ name, to, refused }: ProviderButtonProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const leave = useMutation(
    trpc.session.leaveForProvider.mutationOptions({ onSuccess: ({ url }) => window.location.assign(url) }),
  );
  return (
    <>
      <p className="my-3.5 flex items-center gap-3 text-12 text-text-3 before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        {t("or")}
      </p>
      <Button
        size="lg"
        icon={LogIn}
        className="h-10 w-full"
        disabled={leave.isPending || leave.isSuccess}
        onClick={() => leave.mutate(to === undefined ? {} : { to })}
      >
        {t("signInWith", { name })}
      </Button>
      {leave.isError && <Refusal>{t(problemOf(leave.error) === undefined ? "unreachable" : "away", { name })}</Refusal>}
      {refused !== undefined && !leave.isError && (
        <Refusal>{t(isReason(refused) ? REASONS[refused] : "providerFailed", { name })}</Refusal>
      )}
    </>
  );
}
