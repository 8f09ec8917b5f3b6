import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useRef, useState, type JSX, type ReactNode } from "react";
import { safeTarget } from "../../app/guard.ts";
import { queryClient } from "../../app/queries.ts";
import { PageHeading } from "../../app/top-bar.tsx";
import { words as shell } from "../../app/words.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useWords } from "../../words/use-words.tsx";
import { FrontPage } from "../shared/front-page.tsx";
import { ForgottenPassword } from "./forgotten-password.tsx";
import { ProviderButton } from "./provider-button.tsx";
import { Refusal } from "./refusal.tsx";
import { signInError } from "./sign-in-error.ts";
import { PasswordInput } from "../shared/password-input.tsx";
import { DemoPeople, type DemoPerson } from "./demo-people.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/sign-in");

const bold = (parts: ReactNode[]): ReactNode => <b className="font-medium text-text-2">{parts}</b>;

const PLACES = ["inbox", "flows", "runs", "incidents", "events", "health", "people", "settings"] as const;

/** "Runs" for `/runs/7QX`; the address itself where no page of ours has a name. */
function usePlaceName(): (target: string) => string {
  const t = useWords(shell);
  return (target) => {
    const place = PLACES.find((each) => target.startsWith(`/${each}`));
    return place === undefined ? target : t(place);
  };
}

export function SignInPage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const router = useRouter();
  const { to, refused } = route.useSearch();
  const target = safeTarget(to);
  const { data: visitor } = useQuery(trpc.session.current.queryOptions());
  const provider = visitor?.person === null ? visitor.provider : null;
  const mayReset = visitor?.person === null && visitor.resetByMail;
  const people: readonly DemoPerson[] = (visitor?.person === null ? visitor.demo?.people : undefined) ?? [];
  const placeName = usePlaceName();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const button = useRef<HTMLButtonElement>(null);
  const signIn = useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: async () => {
        queryClient.removeQueries();
        await router.navigate({ href: target ?? "/" });
      },
    }),
  );
  const submit = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    signIn.mutate({ email, password });
  };
  const choose = (person: DemoPerson): void => {
    setEmail(person.email);
    setPassword(person.password);
    signIn.reset();
    button.current?.focus();
  };
  return (
    <FrontPage demo={people.length > 0}>
      <PageHeading title={t("title")} className="mb-5 text-[24px]/8 font-semibold tracking-[-.02em]" />
      <form onSubmit={submit}>
        <Field label={t("email")}>
          <TextInput
            type="email"
            name="email"
            autoComplete="username"
            size="lg"
            required
            autoFocus
            value={email}
            onChange={setEmail}
          />
        </Field>
        <Field label={t("password")}>
          <PasswordInput kind="current-password" value={password} onChange={setPassword} invalid={signIn.isError} />
        </Field>
        {signIn.isError && <Refusal>{signInError(signIn.error, t)}</Refusal>}
        <Button
          ref={button}
          type="submit"
          variant="primary"
          size="lg"
          className="mt-5 h-10 w-full"
          disabled={signIn.isPending}
        >
          {signIn.isPending ? t("signingIn") : t("signIn")}
        </Button>
      </form>
      {mayReset && <ForgottenPassword email={email} />}
      {provider !== null && <ProviderButton name={provider.name} to={target} refused={refused} />}
      {target !== undefined && (
        <p className="mt-3.5 text-12 break-words text-text-3">
          {t.rich("lands", { place: placeName(target), b: bold })}
        </p>
      )}
      {people.length > 0 && <DemoPeople people={people} chosen={email} onChoose={choose} />}
    </FrontPage>
  );
}
