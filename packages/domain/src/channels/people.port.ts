import type { OrderId } from '../orders/index.js';
import type { ChannelId } from './channel.js';
import type { PersonConcerned } from './external-order.js';

/** Whose data it is: one person's, or that of everybody who has ordered there. */
export type Concerned = PersonConcerned | 'everybody';

/**
 * What is kept of the people who order at a channel, wherever it is kept.
 * - `ordersOf` answers orders of the channel that still say something of the person, the oldest first: those that the shop names, and
 *   those of its account or that e-mail, in any case. Nothing of them says something of nobody.
 * - `forget` takes out of these orders who ordered and where to, the notes that people wrote, the notes on their returns, the papers of
 *   their shipments, and what the channel's deliveries said of them. What was sold, paid and moved stays. Done again it changes nothing.
 * - `forgetDeliveries` takes out what all of the channel's deliveries said.
 * - Deliveries that aren't worked off yet keep what they say.
 */
export type PeopleStore = {
  readonly ordersOf: (channelId: ChannelId, who: Concerned, limit: number) => Promise<readonly OrderId[]>;
  readonly forget: (channelId: ChannelId, orderIds: readonly OrderId[]) => Promise<void>;
  readonly forgetDeliveries: (channelId: ChannelId) => Promise<void>;
};
