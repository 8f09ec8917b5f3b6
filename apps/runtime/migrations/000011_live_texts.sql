-- not breaking
-- Texts that language models are writing, for people who look on.

-- Counts over a crash of Postgres too, which empties the table: who has read up to a number is never told a lower one.
create sequence holdfast.live_text_ids as bigint;

-- A text in pieces, as it comes. Nothing hangs on it: what counts is the record of the step, so it is not logged, and
-- goes when the step has ended for a while. Its workspace is that of its run.
create unlogged table holdfast.live_texts (
  -- Within a run in the order in which they can be seen: a run is written by one process, one piece after the other.
  id bigint not null default nextval('holdfast.live_text_ids'),
  run uuid not null,
  node text not null,
  attempt int not null check (attempt > 0),
  -- The sub-step that asked.
  call text not null,
  -- A call that is made anew after a crash has the same name and attempt: its text is another one and replaces it.
  writing uuid not null,
  -- How many characters (UTF-16) of the text stand before this piece.
  start int not null check (start >= 0),
  text text not null,
  -- On the last piece. What failed is void.
  ended text check (ended in ('answered', 'failed')),
  at timestamptz not null default clock_timestamp(),
  -- The same piece sent again is none.
  primary key (writing, start)
);
create index live_texts_run on holdfast.live_texts (run, id);
