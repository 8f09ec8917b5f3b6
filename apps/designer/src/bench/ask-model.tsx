import { useMutation } from "@tanstack/react-query";
import type { Json, JsonObject } from "@holdfast/dsl";
import { Sparkles } from "lucide-react";
import type { JSX } from "react";
import { useTRPC } from "../rpc/client.ts";
import { Button } from "../ui/button.tsx";
import { explain } from "../ui/problem.ts";
import { failureText } from "../words/step-errors.ts";
import { useWords } from "../words/use-words.tsx";
import { answerForm } from "./answer-forms.ts";
import type { World } from "./model/play.ts";
import { words } from "./words.ts";

interface AskModelProps {
  readonly world: World;
  readonly node: string;
  readonly params: JsonObject;
  /** `port`: by which the model would have the flow go on. */
  readonly onTake: (value: Json, port: string) => void;
}

/** The real model is asked what it would answer here. */
export function AskModel({ world, node, params, onTake }: AskModelProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const ask = useMutation(
    trpc.nodeTypes.tryOut.mutationOptions({
      onSuccess: (answer) => {
        if (answer.type === "output") onTake(answer.value, answer.port);
      },
    }),
  );
  const failure = ask.data?.type === "fail" ? failureText(ask.data, t.language) : undefined;
  const refused = ask.error === null ? undefined : explain(ask.error).what;
  const type = answerForm(world, node)?.spec.type ?? "";
  return (
    <>
      <Button
        icon={Sparkles}
        disabled={ask.isPending}
        onClick={() => ask.mutate({ flow: world.flow.id, node, type, params })}
      >
        {ask.isPending ? t("asking") : t("askModel")}
      </Button>
      {(failure ?? refused) !== undefined && <p className="w-full text-12 text-failed-text">{failure ?? refused}</p>}
    </>
  );
}
