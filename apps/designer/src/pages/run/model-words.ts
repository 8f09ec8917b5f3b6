import { defineWords } from "../../words/words.ts";

/** What asking language models took. */
export const modelWords = defineWords(
  {
    section: "Language model",
    ofTokens: "<b>{n}</b> tokens of AI",
    ofTokensFor: "<b>{n}</b> tokens of AI for <b>{cost}</b>",
    more: "Cost of this flow",
    calls: "{n, plural, one {# call} other {# calls}}",
    failed: "{n, plural, one {# failed} other {# failed}}",
    underWay: "{n, plural, one {# call under way} other {# calls under way}}",
    tokens: "{input} tokens read, {output} written",
    cachedTokens: "{n} of those read were in the provider's cache",
    lost: "{n, plural, one {# call was cut off, and nobody knows what it took. It counts} other {# calls were cut off, and nobody knows what they took. They count}} as the most that it can have been.",
    unpriced:
      "{n, plural, one {The price of # call is} other {The prices of # calls are}} not known and not in this sum.",
    noPrice: "price not known",
    cachedOf: "{cached} of {looked} answers from the cache, {saved} saved",
    hit: "From the cache, key <k>{key}</k>, {n, plural, one {given once} other {given # times}}.",
    kept: "Asked anew and kept for others under the key <k>{key}</k>{n, plural, =0 {} one {, given once since} other {, given # times since}}.",
    gone: "Not in the cache under the key <k>{key}</k>.",
    keptUntil: "Kept until {time}.",
  },
  {
    section: "Мовна модель",
    ofTokens: "<b>{n}</b> токенів ШІ",
    ofTokensFor: "<b>{n}</b> токенів ШІ за <b>{cost}</b>",
    more: "Вартість цього потоку",
    calls: "{n, plural, one {# виклик} few {# виклики} many {# викликів} other {# виклику}}",
    failed: "{n, plural, one {# невдалий} few {# невдалі} many {# невдалих} other {# невдалого}}",
    underWay:
      "{n, plural, one {# виклик триває} few {# виклики тривають} many {# викликів триває} other {# виклику триває}}",
    tokens: "{input} токенів прочитано, {output} написано",
    cachedTokens: "{n} із прочитаних були в кеші постачальника",
    lost: "{n, plural, one {# виклик обірвався, і скільки він коштував, невідомо. Його} few {# виклики обірвалися, і скільки вони коштували, невідомо. Їх} many {# викликів обірвалося, і скільки вони коштували, невідомо. Їх} other {# виклику обірвалося, і скільки вони коштували, невідомо. Їх}} пораховано за найбільшою можливою вартістю.",
    unpriced:
      "{n, plural, one {Ціна # виклику невідома, її} few {Ціни # викликів невідомі, їх} many {Ціни # викликів невідомі, їх} other {Ціни # виклику невідомі, їх}} в цій сумі немає.",
    noPrice: "ціна невідома",
    cachedOf: "{cached} з {looked} відповідей узято з кешу, заощаджено {saved}",
    hit: "З кешу, ключ <k>{key}</k>, {n, plural, one {видано # раз} few {видано # рази} many {видано # разів} other {видано # раза}}.",
    kept: "Запитано заново і збережено для інших, ключ <k>{key}</k>{n, plural, =0 {} one {, відтоді видано # раз} few {, відтоді видано # рази} many {, відтоді видано # разів} other {, відтоді видано # раза}}.",
    gone: "У кеші під ключем <k>{key}</k> нічого немає.",
    keptUntil: "Зберігається до {time}.",
  },
);
