-- not breaking
-- Drafts: what people edit until they publish it.
--
-- Lock order: a flow before its draft; both are locked with nothing else but each other.

alter table holdfast.flows
  add column created_by text not null default 'system:holdfast',
  add column owner uuid references holdfast.people,
  -- It starts nothing and is not listed with the others.
  add column archived_at timestamptz;

alter table holdfast.flow_versions
  -- What its publisher says about it.
  add column note text,
  -- What differs from the version before: one sentence a change.
  add column summary jsonb;

create table holdfast.flow_drafts (
  flow int primary key references holdfast.flows,
  document text not null,
  -- Of the document.
  name text not null,
  events text[] not null,
  -- Grows with every change.
  revision int not null default 0,
  -- The version it was derived from; null: from none.
  base_version int,
  -- In how many places it differs from that version.
  changes int not null,
  edited_at timestamptz not null default clock_timestamp(),
  edited_by text not null
);

-- What made each revision. Those of the last days are kept, for clients that come back with changes of their own.
create table holdfast.draft_changes (
  flow int not null references holdfast.flow_drafts on delete cascade,
  revision int not null,
  -- The page that sent it, and the number that it gave it: the same again is known. '': the server did it.
  client text not null,
  client_seq int not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  -- [{path, before?, after?}]
  changes json not null,
  -- What was left out, as it was answered.
  conflicts json not null default '[]',
  primary key (flow, revision)
);
create unique index draft_changes_sent on holdfast.draft_changes (flow, client, client_seq) where client <> '';

-- Lists: the runs of a flow, the newest first. Narrow, because each run pays for it twice.
create index runs_of_flow on holdfast.runs (flow, id) where parent is null;
-- What a version is still needed for.
create index runs_open_of_version on holdfast.runs (flow_version) where parent is null and finished_at is null;
