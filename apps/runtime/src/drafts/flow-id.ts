/** Ids of flows, made from what people call them. */

const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "а a б b в v г h ґ g д d е e є ye ж zh з z и y і i ї yi й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts " +
    "ч ch ш sh щ shch ю yu я ya ё yo ы y э e"
  )
    .split(" ")
    .reduce<[string, string][]>((pairs, text, index, all) => {
      if (index % 2 === 0) pairs.push([text, all[index + 1] ?? ""]);
      return pairs;
    }, []),
);

const LONGEST = 63;

/** @example `flowIdFrom("Повернення коштів")` is `povernennya-koshtiv`; `flow` if nothing can be made of it. */
export function flowIdFrom(name: string): string {
  const latin = Array.from(
    name.normalize("NFKD").toLowerCase().normalize("NFC"),
    (char) => CYRILLIC[char] ?? char,
  ).join("");
  const id = latin
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036F'’ʼ]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, LONGEST)
    .replaceAll(/-+$/g, "");
  return id === "" ? "flow" : id;
}
