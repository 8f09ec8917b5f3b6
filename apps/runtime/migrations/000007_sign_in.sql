-- not breaking
-- Other ways to sign in, and what a person sees of their own sessions.

alter table holdfast.sessions
  -- By which its person names it: the hash is shown to nobody.
  add column id uuid not null unique default gen_random_uuid(),
  add column way text not null default 'password' check (way in ('password', 'provider', 'link')),
  -- Browser and network address as they were told when it began: for its person to recognize it.
  add column agent text check (length(agent) <= 300),
  add column address text check (length(address) <= 100);

-- A person at an OpenID provider. The subject is what the provider never gives to another; e-mail addresses change hands.
create table holdfast.sign_in_identities (
  workspace int not null references holdfast.workspaces,
  issuer text not null,
  subject text not null,
  person uuid not null references holdfast.people,
  created_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  primary key (workspace, issuer, subject),
  -- Another subject with the person's address is somebody else until an administrator says otherwise.
  unique (person, issuer)
);

-- Ways back from a provider that have been gone: each leads in once.
create table holdfast.sign_in_returns (
  -- SHA-256 of what the browser kept meanwhile.
  hash bytea primary key check (length(hash) = 32),
  used_at timestamptz not null default clock_timestamp()
);
create index sign_in_returns_used on holdfast.sign_in_returns (used_at);
