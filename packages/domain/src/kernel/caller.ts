import type { Actor } from './actor.js';
import type { Once } from './idempotency.js';
import type { OrganizationId } from './organization-id.js';

/** Who asks, for which organization, and whether the request may have been made before. The first parameter of each use case. */
export type Caller = {
  readonly organizationId: OrganizationId;
  readonly actor: Actor;
  readonly once?: Once | undefined;
  /** The request's name in our logs, for the audit log. */
  readonly requestId?: string | undefined;
};
