-- not breaking
-- Deciding together: claims, votes, delegation and absence, comments and files.
--
-- Whatever hangs on a task (its votes, delegations, comments and files) is written by who has locked the task's run and
-- then the task; so it is looked at and changed by one at a time. Absences are locked alone.

alter table holdfast.tasks
  -- Who works on it. A claim lapses after eight hours; then it is as if there were none.
  add column claimed_by uuid references holdfast.people,
  add column claimed_at timestamptz,
  -- {port: n}: by so many different people an answer has to be given. A port that is not here: by one.
  add column needs jsonb not null default '{}' check (jsonb_typeof(needs) = 'object'),
  -- Answers that take a comment.
  add column reason_for text[] not null default '{}',
  -- Nodes of the flow: who decided one of them in this run may not decide here.
  add column not_deciders_of text[] not null default '{}',
  add column files_allowed boolean not null default true,
  -- Grows with everything that people do to it: what viewers look at to know whether to read again.
  add column changes int not null default 0,
  add constraint tasks_claim check ((claimed_by is null) = (claimed_at is null));

-- One row per vote. The one that reaches the number decides.
drop index holdfast.task_decisions_one;

alter table holdfast.task_decisions
  -- Whether the task is decided by it: the last that was needed.
  add column decides boolean not null default true,
  -- [{pointer, before?, after?}]: where the decision's data differ from what the form was filled in with.
  add column proposal_diff jsonb not null default '[]' check (jsonb_typeof(proposal_diff) = 'array'),
  -- For whom it was given, where its actor may decide only in somebody's stead.
  add column on_behalf_of uuid references holdfast.people,
  -- The event that it came by: the same event does not vote twice, however often it is looked at.
  add column event uuid;

-- A task is decided once,
create unique index task_decisions_one on holdfast.task_decisions (task) where decides and taken_back_at is null;
-- nobody has two votes,
create unique index task_decisions_actor on holdfast.task_decisions (task, actor) where taken_back_at is null;
-- and nobody's voice counts twice, whoever gives it.
create unique index task_decisions_voice on holdfast.task_decisions (task, (coalesce('person:' || on_behalf_of::text, actor)))
  where taken_back_at is null;
create unique index task_decisions_event on holdfast.task_decisions (task, event) where event is not null;

-- On somebody's behalf who still may decide (`delegate`), or instead of somebody (`handOver`).
create table holdfast.task_delegations (
  id uuid primary key,
  task uuid not null references holdfast.tasks,
  from_person uuid not null references holdfast.people,
  to_person uuid not null references holdfast.people,
  kind text not null check (kind in ('delegate', 'handOver')),
  reason text,
  at timestamptz not null default holdfast.now(),
  -- Then it has no force any more. Null: as long as the task is open.
  until timestamptz,
  -- Somebody ended it before, or gave another in its place.
  ended_at timestamptz,
  check (from_person <> to_person)
);
create index task_delegations_task on holdfast.task_delegations (task);
create unique index task_delegations_one on holdfast.task_delegations (task, from_person) where ended_at is null;

-- While somebody is away, their delegate may decide for them, whatever they may decide.
create table holdfast.absences (
  id uuid primary key,
  workspace int not null references holdfast.workspaces,
  person uuid not null references holdfast.people,
  delegate uuid not null references holdfast.people,
  from_at timestamptz not null,
  until_at timestamptz not null,
  actor text not null,
  created_at timestamptz not null default holdfast.now(),
  ended_at timestamptz,
  check (person <> delegate),
  check (from_at < until_at)
);
create unique index absences_one on holdfast.absences (person) where ended_at is null;
create index absences_delegate on holdfast.absences (delegate) where ended_at is null;

create table holdfast.task_comments (
  id uuid primary key,
  task uuid not null references holdfast.tasks,
  actor text not null,
  text text not null check (text <> ''),
  at timestamptz not null default holdfast.now()
);
create index task_comments_task on holdfast.task_comments (task);

-- What people attach. A file that is removed leaves its name, size and hash in the audit alone.
create table holdfast.task_files (
  id uuid primary key,
  task uuid not null references holdfast.tasks,
  actor text not null,
  name text not null check (name <> ''),
  -- By its first bytes where they tell, else as whoever sent it said.
  type text not null,
  size int not null check (size between 1 and 5242880),
  -- SHA-256
  hash bytea not null check (length(hash) = 32),
  content bytea not null check (length(content) = size),
  at timestamptz not null default holdfast.now()
);
create index task_files_task on holdfast.task_files (task);
