-- not breaking
-- When a task is due, who hears of it, and links that open it.

-- Two times: `due_at` is when people should have decided, `expires_at` when the wait ends without them.
alter table holdfast.tasks rename column due_at to expires_at;

alter table holdfast.tasks
  add column due_at timestamptz,
  add column priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  -- Whether a mail's link decides by itself, or needs its person's session.
  add column link text not null default 'shows' check (link in ('shows', 'decides')),
  -- [{at, assignTo}]: who may decide too from then on. As many of them as `escalated_at` has are in `assign_to` already.
  add column escalation jsonb not null default '[]' check (jsonb_typeof(escalation) = 'array'),
  add column escalated_at timestamptz[] not null default '{}',
  -- Calendars that were gone when it opened: the default one stood in for them.
  add column missing_calendars text[] not null default '{}';

-- Working hours and days off, by the name that flows know. One named `default` changes the one that is always there.
create table holdfast.calendars (
  workspace int not null references holdfast.workspaces,
  name text not null check (length(name) between 1 and 63),
  -- IANA name; null: the flow's.
  time_zone text,
  -- Seven days, Monday first: [[{from, to}]].
  hours jsonb not null check (jsonb_typeof(hours) = 'array' and jsonb_array_length(hours) = 7),
  -- [{date, name, yearly}]
  holidays jsonb not null default '[]' check (jsonb_typeof(holidays) = 'array'),
  changed_at timestamptz not null default clock_timestamp(),
  changed_by text not null,
  primary key (workspace, name)
);

-- How a person wants to be told: {mail: now | daily | off, at: '08:30', timeZone}. Null: at once.
alter table holdfast.people
  add column notify jsonb check (notify ->> 'mail' in ('now', 'daily', 'off')),
  -- When the next digest is due; null: none is wanted.
  add column digest_at timestamptz;
create index people_digest on holdfast.people (digest_at) where digest_at is not null;

-- What a person is told of a task. Written in the transaction that causes it.
create table holdfast.notifications (
  id bigint primary key generated always as identity,
  workspace int not null references holdfast.workspaces,
  person uuid not null references holdfast.people,
  task uuid not null references holdfast.tasks,
  kind text not null check (
    kind in ('assigned', 'reminder', 'escalated', 'delegated', 'handedOver', 'commented', 'decided', 'givenBack')
  ),
  -- Who caused it; null: time, or the run.
  actor text,
  -- The comment, the reason, the answer.
  note text,
  at timestamptz not null default holdfast.now(),
  read_at timestamptz,
  -- When a mail of it is to be tried; null: none is wanted any more.
  mail_at timestamptz,
  mail_tries int not null default 0,
  -- Set before the mail goes out: a crash in between sends none, and never two.
  mailed_at timestamptz,
  -- By the wall clock: what nobody could mail for a day is not mailed any more.
  stored_at timestamptz not null default clock_timestamp()
);
create index notifications_person on holdfast.notifications (person, id desc);
create index notifications_unread on holdfast.notifications (person) where read_at is null;
create index notifications_task on holdfast.notifications (task);
create index notifications_mail on holdfast.notifications (mail_at) where mail_at is not null and mailed_at is null;

-- Links in mails: each is bound to a person and a task, and decides once. Of its 256 random bits only the SHA-256 is here.
create table holdfast.decision_links (
  hash bytea primary key check (length(hash) = 32),
  workspace int not null references holdfast.workspaces,
  person uuid not null references holdfast.people,
  task uuid not null references holdfast.tasks,
  created_at timestamptz not null default holdfast.now(),
  -- At the task's deadline, and after 72 hours at the latest.
  expires_at timestamptz not null,
  used_at timestamptz,
  check (expires_at <= created_at + interval '72 hours')
);
create index decision_links_task on holdfast.decision_links (task);
create index decision_links_expiry on holdfast.decision_links (expires_at);

-- The people who are told of a task: those named by `named` ({people, roles, groups}), without those who may not decide
-- it, and who stands in for the absent. Nobody is named: nobody is told, though everybody may decide. Whether somebody
-- may is always judged anew, in the decision itself.
create function holdfast.told_of(
  in_workspace int, of_run uuid, named jsonb, requester text, not_requester boolean, not_deciders_of text[]
) returns setof uuid
  language sql stable
  as $$
    with chosen as (
      select p.id from holdfast.people p
       where p.workspace = in_workspace
         and (p.roles && array(select jsonb_array_elements_text(named -> 'roles'))
           or p.groups && array(select jsonb_array_elements_text(named -> 'groups'))
           or array[lower(p.email), p.id::text, 'person:' || p.id]
              && array(select lower(btrim(n)) from jsonb_array_elements_text(named -> 'people') n))
    ), with_delegates as (
      select id from chosen
      union
      select a.delegate from holdfast.absences a join chosen on chosen.id = a.person
       where a.ended_at is null and a.from_at <= holdfast.now() and a.until_at > holdfast.now()
    )
    select p.id from with_delegates join holdfast.people p using (id)
     where p.disabled_at is null
       and not (not_requester and requester is not null
         and lower(btrim(requester)) in (lower(p.email), p.id::text, 'person:' || p.id))
       and (cardinality(not_deciders_of) = 0 or not exists (
         with recursive up as (
           select r.id, r.parent, r.body from holdfast.runs r where r.id = of_run
           union all
           select o.id, o.parent, o.body from up join holdfast.runs o on o.id = up.parent where up.body
         )
         select from up join holdfast.tasks o on o.run = up.id
           join holdfast.task_decisions d on d.task = o.id and d.taken_back_at is null
          where o.node = any(not_deciders_of) and (d.actor = 'person:' || p.id or d.on_behalf_of = p.id)))
  $$;
