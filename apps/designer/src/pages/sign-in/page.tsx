import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { useRef, useState, type JSX, type ReactNode } from "react";
import { safeTarget } from "../../app/guard.ts";
import { queryClient } from "../../app/queries.ts";
import { PageHeading } from "../../app/top-bar.tsx";
import { words as shell } from "../../app/words.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { codeOf, detailsOf, problemOf } from "../../ui/problem.ts";
import { TextInput } from "../../ui/text-input.tsx";
import { type Translate, useWords } from "../../words/use-words.tsx";
import { FrontPage } from "../shared/front-page.tsx";
import { PasswordInput } from "../shared/password-input.tsx";
import { DemoPeople, type DemoPerson } from "./demo-people.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/sign-in");

const bold = (parts: ReactNode[]): ReactNode => <b className="font-medium text-text-2">{parts}</b>;

const PLACES = ["inbox", "flows", "runs", "incidents", "events", "health", "people", "settings"] as const;

type Word = keyof (typeof words)["en"];

/** "Runs" for `/runs/7QX`; the address itself where no page of ours has a name. */
function usePlaceName(): (target: string) => string {
  const t = useWords(shell);
  return (target) => {
    const place = PLACES.find((each) => target.startsWith(`/${each}`));
    return place === undefined ? target : t(place);
  };
}

/** What a refused try says. */
export function signInError(error: unknown, t: Translate<Word>): string {
  const { triesLeft, retryAfter } = detailsOf(error);
  const minutes = Math.max(1, Math.ceil((typeof retryAfter === "number" ? retryAfter : 0) / 60));
  if (codeOf(error) === "sign_in_failed") {
    return t("wrong", { left: typeof triesLeft === "number" ? triesLeft : 1, minutes });
  }
  if (codeOf(error) === "too_many_tries") return t("tooMany", { minutes });
  const title = problemOf(error)?.title;
  return typeof title === "string" ? title : t("unreachable");
}

export function SignInPage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const router = useRouter();
  const target = safeTarget(route.useSearch().to);
  const { data: visitor } = useQuery(trpc.session.current.queryOptions());
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
        {signIn.isError && (
          <p role="alert" className="mt-2 flex gap-1.5 text-12 text-failed-text">
            <TriangleAlert aria-hidden className="mt-0.5 size-3 shrink-0" strokeWidth={1.75} />
            {signInError(signIn.error, t)}
          </p>
        )}
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
      {target !== undefined && (
        <p className="mt-3.5 text-12 break-words text-text-3">
          {t.rich("lands", { place: placeName(target), b: bold })}
        </p>
      )}
      {people.length > 0 && <DemoPeople people={people} chosen={email} onChoose={choose} />}
    </FrontPage>
  );
}
