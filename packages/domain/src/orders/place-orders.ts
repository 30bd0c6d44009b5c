import { bug, type OrganizationId, type Result } from '../kernel/index.js';
import type { PlacementRequest } from './decide-placements.js';
import { checkDraft } from './draft.js';
import type { IntakeRefused, OrderIntake } from './intake.port.js';
import type { Order } from './order.js';

export type PlaceRefused = IntakeRefused;
export type PlaceOrders = (
  organizationId: OrganizationId,
  requests: readonly PlacementRequest[],
) => Promise<readonly Result<Order, PlaceRefused>[]>;

/** The most orders that one batch may hold. */
export const MAX_BATCH = 100;

/** Places orders, each by itself: one answer for each, in their order. */
export const placeOrders =
  ({ intake }: { readonly intake: OrderIntake }): PlaceOrders =>
  async (organizationId, requests) => {
    const checked = requests.map(({ draft }) => checkDraft(draft));
    const answers = await intake.place(
      organizationId,
      requests.filter((_, index) => checked[index]?.ok),
    );
    let next = 0;
    return checked.map((draft) => (draft.ok ? (answers[next++] ?? bug('the intake answers every request')) : draft));
  };
