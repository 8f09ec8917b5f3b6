-- not breaking
-- Views of the inbox that people keep and share.

create table holdfast.inbox_views (
  id uuid primary key,
  workspace int not null references holdfast.workspaces,
  owner uuid not null references holdfast.people,
  name text not null check (length(name) between 1 and 80),
  -- Filters, search and order as the page's address writes them, without the leading "?".
  query text not null check (length(query) <= 2000),
  -- Everybody of the workspace sees it; only its owner, or an administrator, changes it.
  shared boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
);
-- One person's views are told apart by their names.
create unique index inbox_views_name on holdfast.inbox_views (owner, lower(name));
create index inbox_views_shared on holdfast.inbox_views (workspace) where shared;

-- What was closed last, for the view of decided tasks.
create index tasks_closed on holdfast.tasks (workspace, closed_at desc) where status <> 'open';
