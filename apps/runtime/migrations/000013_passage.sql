-- not breaking
-- Nodes ask people in their middle.

-- What a step calls a wait after which it goes on; null: the step ends with the wait, by the outcome as its port.
alter table holdfast.waits add column in_step text;

-- What answers are called on screen, where that is not their name: {outcome: title}.
alter table holdfast.tasks add column outcome_titles jsonb not null default '{}';

-- A child that a step runs in its middle: what the step calls it. With that name the step has this one.
alter table holdfast.runs add column parent_call text check (parent_call is null or parent is not null);
create unique index runs_of_call on holdfast.runs (parent, parent_node, parent_call) where parent_call is not null;
