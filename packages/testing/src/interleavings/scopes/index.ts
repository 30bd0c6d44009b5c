import { expiryBesideBuyer, expiryBesidePayment, expiryBesideReceipt } from './expiring.js';
import {
  buyBesideReceipt,
  buyBesideTransfer,
  cancelInOppositeOrder,
  lastUnit,
  oppositeOrder,
  retry,
  threeBuyers,
} from './placing.js';
import {
  adjustBesideShip,
  cancelBesideShip,
  cancelDraftBesideBuying,
  cancelShipmentBesideOrder,
  cancelShipmentTwice,
  releaseBesideShip,
  shipTwice,
  twoClicks,
  twoLookUps,
} from './shipping.js';
import {
  adjustBesideBuyer,
  cancelBesideFirstReceipt,
  cancelTwice,
  recountsBesideBacklog,
  releasesBesideBacklog,
  ring,
  waitingFirst,
} from './stocking.js';
import type { UseCaseScope } from './use-cases.js';

/** Every scope of use cases. To add one, write it beside its like and name it here. */
export const useCaseScopes: readonly UseCaseScope[] = [
  lastUnit,
  threeBuyers,
  oppositeOrder,
  cancelInOppositeOrder,
  buyBesideReceipt,
  buyBesideTransfer,
  retry,
  cancelTwice,
  cancelBesideFirstReceipt,
  waitingFirst,
  ring,
  adjustBesideBuyer,
  recountsBesideBacklog,
  releasesBesideBacklog,
  expiryBesidePayment,
  expiryBesideBuyer,
  expiryBesideReceipt,
  cancelBesideShip,
  releaseBesideShip,
  adjustBesideShip,
  shipTwice,
  twoClicks,
  twoLookUps,
  cancelShipmentTwice,
  cancelShipmentBesideOrder,
  cancelDraftBesideBuying,
];
