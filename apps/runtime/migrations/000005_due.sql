-- not breaking
-- When a task is due, who hears of it, and links that open it.

-- Two times: `due_at` is when people should have decided, `expires_at` when the wait ends without them.
alter table holdfast.tasks rename column due_at to expires_at;

alter table holdfast.tasks
  add column due_at timestamptz,
  add column priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent'));
