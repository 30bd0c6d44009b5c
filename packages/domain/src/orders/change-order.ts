import {
  type Address,
  type Caller,
  err,
  type IdSource,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import { changing } from './changing.js';
import type { OrderNotFound } from './locked-order.js';
import type { Order, OrderId } from './order.js';
import type { InvalidTransition } from './status.js';
import type { OrderStores } from './stores.port.js';
import type { FactsChanged } from './tags.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource };

/** Nothing of the order is promised, so there is nothing to get ready. */
export type NothingReserved = { readonly code: 'order.nothing_reserved' };
export type ChangeRefused = OrderNotFound | InvalidTransition | NothingReserved | RunRefusal;
type Changed = Promise<Result<Order, ChangeRefused>>;

/** Says that what is reserved may be packed and shipped. */
export const markReady =
  (deps: Deps) =>
  (caller: Caller, id: OrderId): Changed =>
    changing<NothingReserved>(deps, caller, {
      id,
      action: 'ready',
      decide: ({ lines }) =>
        lines.every(({ reserved }) => reserved === 0)
          ? err({ code: 'order.nothing_reserved' })
          : ok({ change: { status: 'readyToShip' }, told: { what: 'markedReady', text: null } }),
    });

/** Writes a note into the timeline. Any order takes one, whatever its status. */
export const addNote =
  (deps: Deps) =>
  (caller: Caller, id: OrderId, text: string): Changed =>
    changing(deps, caller, { id, action: 'note', decide: () => ok({ change: {}, told: { what: 'noted', text } }) });

export type Addresses = { readonly shippingAddress?: Address | undefined; readonly billingAddress?: Address | undefined };

/** Replaces the addresses that are named, until the last unit is shipped. */
export const changeAddresses =
  (deps: Deps) =>
  (caller: Caller, id: OrderId, addresses: Addresses): Changed =>
    changing(deps, caller, { id, action: 'changeAddress', decide: () => ok(addressesChanged(addresses)) });

/** The order with the addresses that are named; undefined where none is. */
export const addressesChanged = ({ shippingAddress, billingAddress }: Addresses): FactsChanged | undefined =>
  shippingAddress || billingAddress
    ? {
        action: 'changeAddress',
        change: { ...(shippingAddress && { shippingAddress }), ...(billingAddress && { billingAddress }) },
        told: {
          what: 'addressChanged',
          text: [shippingAddress && 'shipping', billingAddress && 'billing'].filter(Boolean).join(', '),
        },
      }
    : undefined;
