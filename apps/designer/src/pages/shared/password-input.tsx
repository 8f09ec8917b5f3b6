import { Eye, EyeOff } from "lucide-react";
import { useState, type JSX } from "react";
import { TextInput } from "../../ui/text-input.tsx";
import { useWords } from "../../words/use-words.tsx";
import { words } from "../sign-in/words.ts";

export interface PasswordInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What a password manager is told. */
  readonly kind: "current-password" | "new-password";
  readonly invalid?: boolean | undefined;
}

export function PasswordInput({ value, onChange, kind, invalid }: PasswordInputProps): JSX.Element {
  const t = useWords(words);
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <TextInput
        type={shown ? "text" : "password"}
        name={kind}
        autoComplete={kind}
        size="lg"
        required
        value={value}
        onChange={onChange}
        invalid={invalid}
        className="pr-10"
      />
      <button
        type="button"
        aria-label={shown ? t("hide") : t("show")}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-1 grid w-9 place-items-center rounded-sm text-text-2"
      >
        <Icon aria-hidden className="size-4" strokeWidth={1.75} />
      </button>
    </div>
  );
}
