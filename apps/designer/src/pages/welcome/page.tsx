import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { useState, type JSX } from "react";
import { rememberTour } from "../../app/preferences.ts";
import { queryClient } from "../../app/queries.ts";
import { PageHeading } from "../../app/top-bar.tsx";
import { useTRPC, useTRPCClient } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { codeOf, problemOf } from "../../ui/problem.ts";
import { TextInput } from "../../ui/text-input.tsx";
import { type Translate, useWords } from "../../words/use-words.tsx";
import { FrontPage } from "../shared/front-page.tsx";
import type { Language } from "../../words/language.ts";
import { PasswordInput } from "../shared/password-input.tsx";
import { words } from "./words.ts";

/** As the server asks it. */
const SHORTEST = 12;
/** Where a person's first look begins. */
const FIRST_FLOW = "process-refund";

/** The refund flow, as a draft where there is none yet. */
async function firstFlow({ flows }: ReturnType<typeof useTRPCClient>, language: Language): Promise<string> {
  const all = await flows.list.query({});
  if (all.some(({ id }) => id === FIRST_FLOW)) return FIRST_FLOW;
  const { patternDocument } = await import("../flows/patterns.ts");
  return (await flows.create.mutate({ document: await patternDocument("refund", language) })).id;
}

type Word = keyof (typeof words)["en"];

function setUpError(error: unknown, t: Translate<Word>): string {
  const code = codeOf(error);
  if (code === "set_up_code_wrong") return t("codeWrong");
  if (code === "set_up_before") return t("done");
  const title = problemOf(error)?.title;
  return typeof title === "string" ? title : t("unreachable");
}

interface Form {
  readonly workspace: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly code: string;
}

const EMPTY: Form = { workspace: "", name: "", email: "", password: "", code: "" };

interface FieldsProps {
  readonly form: Form;
  readonly set: (key: keyof Form) => (value: string) => void;
  readonly codeNeeded: boolean;
}

function Fields({ form, set, codeNeeded }: FieldsProps): JSX.Element {
  const t = useWords(words);
  const missing = SHORTEST - form.password.length;
  return (
    <>
      <Field label={t("workspace")} help={t("workspaceHelp")}>
        <TextInput
          size="lg"
          name="organization"
          autoComplete="organization"
          required
          autoFocus
          maxLength={100}
          value={form.workspace}
          onChange={set("workspace")}
        />
      </Field>
      <Field label={t("name")}>
        <TextInput
          size="lg"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          value={form.name}
          onChange={set("name")}
        />
      </Field>
      <Field label={t("email")}>
        <TextInput
          size="lg"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={form.email}
          onChange={set("email")}
        />
      </Field>
      <Field
        label={t("password")}
        help={t("passwordHelp")}
        hint={form.password !== "" && missing > 0 ? t("passwordShort", { left: missing }) : undefined}
      >
        <PasswordInput kind="new-password" value={form.password} onChange={set("password")} />
      </Field>
      {codeNeeded && (
        <Field label={t("code")} help={t("codeHelp")}>
          <TextInput size="lg" mono name="code" autoComplete="off" required value={form.code} onChange={set("code")} />
        </Field>
      )}
    </>
  );
}

/** The first run: makes the administrator and opens the refund flow. */
export function WelcomePage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const { data: visitor } = useQuery(trpc.session.current.queryOptions());
  const codeNeeded = visitor?.person === null && visitor.codeNeeded;
  const [form, setForm] = useState(EMPTY);
  const set = (key: keyof Form) => (value: string) => setForm((before) => ({ ...before, [key]: value }));
  const setUp = useMutation(
    trpc.session.setUp.mutationOptions({
      onSuccess: async () => {
        rememberTour(false);
        queryClient.removeQueries();
        await router.navigate({ href: `/flows/${await firstFlow(client, t.language)}?tour=1` });
      },
    }),
  );
  const submit = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    const { code, ...rest } = form;
    if (form.password.length >= SHORTEST) setUp.mutate(codeNeeded ? { ...rest, code } : rest);
  };
  return (
    <FrontPage demo={false}>
      <PageHeading title={t("title")} className="mb-1 text-[24px]/8 font-semibold tracking-[-.02em]" />
      <p className="mb-5 text-14 text-text-2">{t("text")}</p>
      <form onSubmit={submit}>
        <Fields form={form} set={set} codeNeeded={codeNeeded} />
        {setUp.isError && (
          <p role="alert" className="mt-2 flex gap-1.5 text-12 text-failed-text">
            <TriangleAlert aria-hidden className="mt-0.5 size-3 shrink-0" strokeWidth={1.75} />
            {setUpError(setUp.error, t)}
          </p>
        )}
        <Button type="submit" variant="primary" size="lg" className="mt-5 h-10 w-full" disabled={setUp.isPending}>
          {t("goOn")}
        </Button>
      </form>
    </FrontPage>
  );
}
