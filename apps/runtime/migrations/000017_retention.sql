-- not breaking
-- Ended runs and events may be forgotten after a time that the operator sets.
--
-- Lock order as ever: whoever forgets locks the runs of a family by id, and changes what hangs on them after that. The
-- audit is never forgotten.

-- What hangs on a run or a task is found by it.
create index incidents_run on holdfast.incidents (run);
create index task_decisions_task on holdfast.task_decisions (task);

-- For how long the process keeps history; null: for ever. Told here so that all can be compared.
alter table holdfast.workers add column keeps interval check (keeps > interval '0');
