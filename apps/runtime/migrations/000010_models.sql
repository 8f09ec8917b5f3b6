-- not breaking
-- What language models cost: the ledger of calls, what budgets have left, and answers that are kept for others.
--
-- Money is counted in millionths of a US dollar, in whole numbers. Tokens of a budget are those read and those written.
--
-- Lock order: the call, then its three budgets: run, flow, day. Nothing of a run is locked by whoever holds one of them,
-- and no foreign key leads to runs and flows: checking it would lock the one row of a busy flow with every call.

-- Every call that was made or was about to be. Committed before the call, with the most that it can cost; settled after.
create table holdfast.model_calls (
  id uuid primary key,
  workspace int not null references holdfast.workspaces,
  flow int not null,
  -- Who makes it: a body of a loop is a run of its own. `of_run`: the flow's own run, whose budget it takes from.
  run uuid not null,
  of_run uuid not null,
  node text not null,
  -- The sub-step, and the attempt of its node.
  call text not null,
  attempt int not null check (attempt > 0),
  -- Of the run when it was set aside: whoever takes the run over knows nothing of it.
  epoch int not null,
  -- In the time zone of the flow.
  day date not null,
  at timestamptz not null default holdfast.now(),
  model_asked text not null,
  -- Which may be a dated version of it. Null: none has.
  model_answered text,
  -- `reserved`: about to be made or under way. `settled`: answered. `failed`: it may have cost something all the same.
  -- `lost`: nobody is left to say what it was, so it counts as the most that it can have been.
  status text not null default 'reserved' check (status in ('reserved', 'settled', 'failed', 'lost')),
  ended_at timestamptz,
  reserved_input bigint not null check (reserved_input >= 0),
  reserved_output bigint not null check (reserved_output >= 0),
  -- Null here and below: nobody told what the model costs.
  reserved_cost bigint check (reserved_cost >= 0),
  input_tokens bigint check (input_tokens >= 0),
  -- Of the input.
  cached_tokens bigint check (cached_tokens >= 0),
  output_tokens bigint check (output_tokens >= 0),
  cost bigint check (cost >= 0),
  check ((status = 'reserved') = (input_tokens is null)),
  check ((status = 'reserved') = (cached_tokens is null)),
  check ((status = 'reserved') = (output_tokens is null)),
  check ((status = 'reserved') = (ended_at is null)),
  check (status <> 'reserved' or cost is null)
);
create index model_calls_run on holdfast.model_calls (of_run);
create index model_calls_step on holdfast.model_calls (run, node);
create index model_calls_at on holdfast.model_calls (workspace, at);
create index model_calls_open on holdfast.model_calls (at) where status = 'reserved';

-- What a run, a flow and a flow's day have spent and set aside. Kept whether there is a budget or not, so that a budget
-- that is set later knows what came before it.
create table holdfast.model_budgets (
  workspace int not null references holdfast.workspaces,
  flow int not null,
  scope text not null check (scope in ('run', 'flow', 'day')),
  -- The run's id; nothing; the day, as 2026-11-23.
  subject text not null check ((subject = '') = (scope = 'flow')),
  reserved_tokens bigint not null default 0 check (reserved_tokens >= 0),
  spent_tokens bigint not null default 0 check (spent_tokens >= 0),
  -- What people allowed beyond the budget.
  added_tokens bigint not null default 0 check (added_tokens >= 0),
  reserved_cost bigint not null default 0 check (reserved_cost >= 0),
  spent_cost bigint not null default 0 check (spent_cost >= 0),
  added_cost bigint not null default 0 check (added_cost >= 0),
  primary key (flow, scope, subject)
);

-- What people allowed beyond a budget, once for each sub-step that asked. That of the scope `call` holds for the step.
create table holdfast.model_top_ups (
  run uuid not null,
  node text not null,
  call text not null,
  workspace int not null references holdfast.workspaces,
  flow int not null,
  scope text not null check (scope in ('call', 'run', 'flow', 'day')),
  subject text not null,
  unit text not null check (unit in ('tokens', 'money')),
  -- Tokens, or millionths of a US dollar.
  amount bigint not null check (amount > 0),
  -- An actor; null: it is not known here, but the task's decision tells.
  actor text,
  at timestamptz not null default holdfast.now(),
  primary key (run, node, call)
);
create index model_top_ups_flow on holdfast.model_top_ups (flow, at);

-- Answers that are given again to the same question, in the whole workspace.
create table holdfast.model_answers (
  workspace int not null references holdfast.workspaces,
  -- SHA-256 of everything that makes the question.
  key text not null check (length(key) between 1 and 200),
  value json not null,
  meta json not null,
  hits int not null default 0 check (hits >= 0),
  -- How often it was asked for and was not there (any more).
  misses int not null default 1 check (misses >= 0),
  at timestamptz not null default holdfast.now(),
  expires_at timestamptz not null,
  primary key (workspace, key)
);
create index model_answers_expiry on holdfast.model_answers (expires_at);

-- Who looked for a kept answer, and whether there was one: the hit rate of a node and of a flow.
create table holdfast.model_lookups (
  run uuid not null,
  node text not null,
  key text not null,
  workspace int not null references holdfast.workspaces,
  flow int not null,
  of_run uuid not null,
  hit boolean not null,
  -- What the kept answer had cost; null: it is not known, or there was none.
  saved bigint check (saved >= 0),
  at timestamptz not null default holdfast.now(),
  primary key (run, node, key)
);
create index model_lookups_run on holdfast.model_lookups (of_run);
create index model_lookups_at on holdfast.model_lookups (workspace, at);
