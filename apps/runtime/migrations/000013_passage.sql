-- not breaking
-- Nodes ask people in their middle.

-- What a step calls a wait after which it goes on; null: the step ends with the wait, by the outcome as its port.
alter table holdfast.waits add column in_step text;

-- What answers are called on screen, where that is not their name: {outcome: title}.
alter table holdfast.tasks add column outcome_titles jsonb not null default '{}';
