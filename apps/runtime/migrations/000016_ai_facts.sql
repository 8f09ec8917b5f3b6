-- not breaking
-- Whoever decides sees which facts a model wrote, by whatever door, and whether or not they may read the flow.

-- Names of `context` that come straight from a model.
alter table holdfast.tasks add column ai_facts text[] not null default '{}';
