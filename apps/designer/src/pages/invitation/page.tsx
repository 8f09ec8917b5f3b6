import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useState, type JSX } from "react";
import { queryClient } from "../../app/queries.ts";
import { PageHeading } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { useWords } from "../../words/use-words.tsx";
import { FrontPage } from "../shared/front-page.tsx";
import { PasswordInput } from "../shared/password-input.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/invitation/$token");

const SHORTEST = 12;
const TITLE = "mb-1 text-[24px]/8 font-semibold tracking-[-.02em]";

/** Where the link of an invitation, or of a new password, leads. */
export function InvitationPage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const { token } = route.useParams();
  const link = useQuery(trpc.session.invitation.queryOptions({ token }, { retry: false }));
  if (link.isError) {
    return (
      <FrontPage demo={false}>
        <PageHeading title={t("badTitle")} className={TITLE} />
        <p className="mb-5 text-14 text-text-2">{t("badText")}</p>
        <Link to="/sign-in" className={buttonClass("primary", "lg")}>
          {t("toSignIn")}
        </Link>
      </FrontPage>
    );
  }
  return (
    <FrontPage demo={false}>
      {link.data === undefined ? (
        <PageHeading title={t("loading")} className="sr-only" />
      ) : (
        <SetPassword token={token} {...link.data} />
      )}
    </FrontPage>
  );
}

interface SetPasswordProps {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly purpose: "invitation" | "reset";
}

function SetPassword({ token, name, email, purpose }: SetPasswordProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const router = useRouter();
  const [password, setPassword] = useState("");
  const accept = useMutation(
    trpc.session.acceptInvitation.mutationOptions({
      onSuccess: async () => {
        queryClient.removeQueries();
        await router.navigate({ to: "/" });
      },
    }),
  );
  const missing = SHORTEST - password.length;
  return (
    <>
      <PageHeading title={t(purpose === "reset" ? "resetTitle" : "title", { name })} className={TITLE} />
      <p className="mb-5 text-14 text-text-2">{t("text", { email })}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (missing <= 0) accept.mutate({ token, password });
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field
          label={t("password")}
          help={t("passwordHelp")}
          hint={password !== "" && missing > 0 ? t("passwordShort", { left: missing }) : undefined}
          error={accept.isError ? explain(accept.error).what : undefined}
        >
          <PasswordInput kind="new-password" value={password} onChange={setPassword} />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="mt-5 h-10 w-full" disabled={accept.isPending}>
          {t("goOn")}
        </Button>
      </form>
    </>
  );
}
