/** What is kept of texts that are being written. */
import type { Queryable } from "../read/queryable.ts";
import type { Piece } from "./writing.ts";

/** Pieces that follow each other in a text come as one. */
export type LivePiece = Omit<Piece, "run">;

export interface LivePieces {
  /** To go on from. */
  readonly upTo: number;
  readonly pieces: readonly LivePiece[];
  readonly more: boolean;
}

const AT_ONCE = 64;

/** What came after `after`, in order. The caller has checked that the run may be seen. */
export async function readLivePieces(database: Queryable, run: string, after: number): Promise<LivePieces> {
  const { rows } = await database.query<LivePiece & { readonly id: number }>({
    name: "holdfast_live_pieces",
    text: `select id::float8 as id, node, attempt, call, writing, start, text, ended
             from holdfast.live_texts where run = $1 and id > $2 order by id limit ${AT_ONCE}`,
    values: [run, after],
  });
  const pieces: LivePiece[] = [];
  for (const { id: _, ...piece } of rows) {
    const last = pieces.at(-1);
    const follows = last?.writing === piece.writing && last.start + last.text.length === piece.start;
    if (follows) pieces[pieces.length - 1] = { ...last, text: last.text + piece.text, ended: piece.ended };
    else pieces.push(piece);
  }
  return { upTo: rows.at(-1)?.id ?? after, pieces, more: rows.length === AT_ONCE };
}

/**
 * Removes texts that ended a while ago: whoever looked on has seen the end, and everybody else finds what came of it in
 * the record of the step. One that never ended was cut off by a crash.
 */
export async function forgetLiveTexts(database: Queryable): Promise<void> {
  await database.query({
    name: "holdfast_forget_live_texts",
    text: `
      delete from holdfast.live_texts t using (
        select writing from holdfast.live_texts group by writing
        having max(at) < clock_timestamp() - case when bool_or(ended is not null) then interval '1 minute'
                                                  else interval '15 minutes' end) old
       where t.writing = old.writing`,
  });
}
