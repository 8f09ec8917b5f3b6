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

-- Credentials: what flows sign in with elsewhere. The value is readable with a key that the database does not have.
create table holdfast.credentials (
  id uuid primary key,
  workspace int not null references holdfast.workspaces,
  -- As documents name it.
  name text not null check (name ~ '^[a-z][a-z0-9-]{0,62}$'),
  type text not null check (type in ('bearer', 'basic', 'header', 'smtp', 'apiKey', 'connectionString')),
  -- Grows with each value, and is bound into what is sealed: an old value can't be put back under a new one's name.
  version int not null check (version > 0),
  -- AES-256-GCM: 12 bytes of IV, 16 of tag, then the text. The first under a key of its own, which the second holds,
  -- sealed under the key that `sealed_by` names.
  value bytea,
  value_key bytea,
  sealed_by text,
  -- Flows that may use it; null: every flow.
  flows text[],
  -- Where it may be sent: `host`, `host:port` or `*.host`.
  hosts text[] not null check (cardinality(hosts) > 0),
  -- What the test asks, of credentials for HTTP.
  test_url text,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  changed_at timestamptz not null default clock_timestamp(),
  changed_by text not null,
  -- Noted about once a minute.
  used_at timestamptz,
  used_by_flow text,
  revoked_at timestamptz,
  -- What is revoked is forgotten, and what is not is there.
  check ((revoked_at is null) = (value is not null)),
  check ((value is null) = (value_key is null) and (value is null) = (sealed_by is null))
);
create unique index credentials_name on holdfast.credentials (workspace, name) where revoked_at is null;
create index credentials_sealed_by on holdfast.credentials (sealed_by) where revoked_at is null;
