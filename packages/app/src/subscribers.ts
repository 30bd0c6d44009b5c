import {
  auditPasswordSetElsewhere,
  type EventKeeper,
  type EventSubscriber,
  handOverToWebhooks,
  mailEndpointDisabled,
  mailInvitation,
  mailPasswordSet,
  mailReminder,
  noteFulfilments,
  type OrganizationId,
  settleDeliveries,
} from '@rappit/domain';
import type { Ports, Stores } from './use-cases.js';

/** Whoever hears what happened in an organization. Mail comes last: an event that one of them refuses is heard again by all. */
export const subscribersOf = (
  ports: Pick<Ports, 'unitOfWork' | 'ids' | 'accounts' | 'mailer' | 'linkTokens'> & {
    /** Begins to tell an organization's shops of parcels. */
    readonly beginTelling: (organizationId: OrganizationId) => Promise<void>;
  },
): readonly EventSubscriber[] => [
  auditPasswordSetElsewhere(ports),
  settleDeliveries(ports),
  noteFulfilments(ports),
  mailPasswordSet(ports),
  mailInvitation(ports),
  mailEndpointDisabled(ports),
  mailReminder(ports),
];

/** Whoever takes events over as they leave the outbox. */
export const keeperOf = (ports: Pick<Ports, 'ids'>): EventKeeper<Stores> => handOverToWebhooks(ports);
