/** Everything that answers without anybody having signed in or shown a key. Whatever else does is a hole. */
export const OPEN_DOORS = {
  /** Addresses of the server itself. */
  addresses: ["/api/v1/openapi.json", "/healthz", "/metrics", "/readyz"],
  /** There only where an OpenID provider is: the way back from it. */
  withProvider: ["/sign-in/return"],
  /** What belongs to signing in, and links whose token says for whom and what they are. */
  procedures: [
    "links.decide",
    "links.look",
    "links.takeBack",
    "session.acceptInvitation",
    "session.current",
    "session.invitation",
    "session.leaveForProvider",
    "session.requestReset",
    "session.setUp",
    "session.signIn",
    "session.signOut",
  ],
} as const;
