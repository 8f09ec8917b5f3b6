-- not breaking
-- Nodes that take several steps of their own tell how far they are.

-- What an attempt under way last said of itself. Nothing hangs on it, so it is not logged: a crash of Postgres empties
-- it, and a row of an attempt that is over is only the newest thing that was said. Its workspace is that of its run.
create unlogged table holdfast.step_progress (
  run uuid not null,
  node text not null,
  attempt int not null check (attempt > 0),
  -- Of the whole.
  part real not null check (part between 0 and 1),
  note text check (length(note) <= 200),
  at timestamptz not null default holdfast.now(),
  primary key (run, node)
);
