import type { DomainEvent } from './event.js';
import type { OrganizationId } from './organization-id.js';
import type { EventSubscriber } from './outbox.port.js';

/** A subscriber that is handed events of these types only. */
export const hearing = (
  types: readonly string[],
  hear: (organizationId: OrganizationId, event: DomainEvent) => Promise<void>,
): EventSubscriber => Object.assign(hear, { types });
