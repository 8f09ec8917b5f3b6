/** What people are told of a task. */
export const NOTICE_KINDS = [
  "assigned",
  "reminder",
  "escalated",
  "delegated",
  "handedOver",
  "commented",
  "decided",
  "givenBack",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
