-- not breaking
-- More kinds of credentials: a key in the address, a client of an OAuth 2 server, the address of a webhook.

alter table holdfast.credentials drop constraint credentials_type_check;
alter table holdfast.credentials add constraint credentials_type_check check (
  type in ('bearer', 'basic', 'header', 'query', 'oauth2', 'webhook', 'smtp', 'apiKey', 'connectionString')
);
