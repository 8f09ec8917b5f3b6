-- not breaking
-- People sign in. Of whatever opens a door (cookie, link, code) only the SHA-256 is stored: each is 256 random bits.
-- All times here are the wall clock's: sessions end in real time, also where demo mode moves the flows' time.

-- Who sets the workspace up first becomes its administrator: once.
alter table holdfast.workspaces
  add column set_up_at timestamptz,
  -- Asked of whoever sets it up from another computer.
  add column set_up_code bytea check (length(set_up_code) = 32);

update holdfast.workspaces w set set_up_at = clock_timestamp()
 where exists (select from holdfast.people p where p.workspace = w.id and p.password_hash is not null);

create table holdfast.sessions (
  hash bytea primary key check (length(hash) = 32),
  workspace int not null references holdfast.workspaces,
  person uuid not null references holdfast.people,
  created_at timestamptz not null default clock_timestamp(),
  -- Noted about once a minute.
  seen_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_person on holdfast.sessions (person) where ended_at is null;
create index sessions_expiry on holdfast.sessions (expires_at);

-- A new password, or none any more, ends every session of its person, by whatever way it came.
create function holdfast.end_sessions() returns trigger
  language plpgsql
  as $$ begin
    update holdfast.sessions set ended_at = clock_timestamp() where person = new.id and ended_at is null;
    return null;
  end $$;

create trigger people_end_sessions after update of password_hash, disabled_at on holdfast.people
  for each row
  when (new.password_hash is distinct from old.password_hash or (new.disabled_at is not null and old.disabled_at is null))
  execute function holdfast.end_sessions();

-- Tries to sign in, by what they are counted for: an e-mail address, a network address, or both together.
create table holdfast.sign_in_tries (
  -- SHA-256 of what is counted: a table of tries is no list of people.
  key bytea primary key check (length(key) = 32),
  tries int not null,
  -- Then it is counted anew.
  until timestamptz not null
);
create index sign_in_tries_until on holdfast.sign_in_tries (until);

-- Links by which a person sets a password: an invitation, or a reset. Each works once.
create table holdfast.password_links (
  hash bytea primary key check (length(hash) = 32),
  workspace int not null references holdfast.workspaces,
  person uuid not null references holdfast.people,
  purpose text not null check (purpose in ('invitation', 'reset')),
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_links_person on holdfast.password_links (person) where used_at is null;
