import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { JSX, ReactNode } from "react";
import { queryClient } from "../../app/queries.ts";
import { DemoLine } from "../../app/shell.tsx";
import { PageHeading } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { codeOf, detailsOf } from "../../ui/problem.ts";
import { ErrorState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { FrontPage } from "../shared/front-page.tsx";
import { LinkCard } from "./link-card.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/decide/$token");

const TITLE = "mb-1 text-[24px]/8 font-semibold tracking-[-.02em]";

/** Where the link of a mail leads. To open it changes nothing; a button decides. */
export function DecideLinkPage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const { token } = route.useParams();
  const { data: session } = useQuery(trpc.session.current.queryOptions());
  const demo = session !== undefined && session.demo !== null && session.demo !== false;
  const look = useQuery(trpc.links.look.queryOptions({ token }));
  if (look.isError && look.data === undefined) {
    return <Refused error={look.error} token={token} again={() => void look.refetch()} />;
  }
  const view = look.data;
  if (view === undefined) {
    return (
      <FrontPage demo={false}>
        <PageHeading title={t("loading")} className="sr-only" />
      </FrontPage>
    );
  }
  switch (view.state) {
    case "signIn":
      return (
        <Told title={t("title", view.for)} text={t("signInText", view.for)}>
          <Link to="/sign-in" search={{ to: `/decide/${token}` }} className={buttonClass("primary", "lg")}>
            {t("signIn")}
          </Link>
        </Told>
      );
    case "over":
      return (
        <Told title={t("overTitle")} text={t(`over_${view.why}`, { by: view.by ?? t("somebody") })}>
          <ToInbox label={t("toInbox")} />
        </Told>
      );
    case "open":
      return (
        <div className="flex h-dvh flex-col">
          {demo && <DemoLine />}
          <LinkCard key={view.task.id} token={token} view={view} />
        </div>
      );
  }
}

interface RefusedProps {
  readonly error: unknown;
  readonly token: string;
  readonly again: () => void;
}

function Refused({ error, token, again }: RefusedProps): JSX.Element {
  const t = useWords(words);
  const change = useChangePerson(token);
  const { name } = detailsOf(error);
  const code = codeOf(error);
  if (code === "link_of_another" && typeof name === "string") {
    return (
      <Told title={t("otherTitle", { name })} text={t("otherText", { name })}>
        <Button variant="primary" size="lg" onClick={change}>
          {t("otherSignIn", { name })}
        </Button>
        <ToInbox label={t("ownInbox")} plain />
      </Told>
    );
  }
  if (code === "link_unknown") {
    return (
      <Told title={t("badTitle")} text={t("badText")}>
        <ToInbox label={t("toInbox")} />
      </Told>
    );
  }
  return (
    <FrontPage demo={false}>
      <ErrorState title={t("loading")} error={error} retry={again} />
    </FrontPage>
  );
}

/** Ends the session of whoever is here, and leads the right person back. */
function useChangePerson(token: string): () => void {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const signOut = useMutation(trpc.session.signOut.mutationOptions());
  return () => {
    void signOut.mutateAsync().then(async () => {
      queryClient.clear();
      await navigate({ to: "/sign-in", search: { to: `/decide/${token}` } });
    });
  };
}

interface ToldProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Told({ title, text, children }: ToldProps): JSX.Element {
  return (
    <FrontPage demo={false}>
      <PageHeading title={title} className={TITLE} />
      <p className="mb-5 text-14 text-text-2">{text}</p>
      <div className="flex flex-wrap gap-2.5">{children}</div>
    </FrontPage>
  );
}

function ToInbox({ label, plain = false }: { readonly label: string; readonly plain?: boolean }): JSX.Element {
  return (
    <Link to="/inbox" className={buttonClass(plain ? "secondary" : "primary", "lg")}>
      {label}
    </Link>
  );
}
