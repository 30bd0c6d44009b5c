import { retryAt } from '../kernel/index.js';
import type { OrderId } from '../orders/index.js';
import type { ChannelId } from './channel.js';
import type { ShopDoRefused } from './sales-channel.port.js';

/**
 * `due`: the shop is to be told of the parcel. `givenUp`: nobody tells it any more, until somebody asks for it. `dropped`: there was nothing to
 * tell, since the label was cancelled before, or nothing that the shop sold is in it.
 */
export const fulfilmentStatuses = ['due', 'told', 'givenUp', 'dropped'] as const;
export type FulfilmentStatus = (typeof fulfilmentStatuses)[number];

/** A parcel of a shop's order, by its shipment, and whether the shop knows of it. */
export type Fulfilment = {
  readonly shipmentId: string;
  readonly channelId: ChannelId;
  readonly orderId: OrderId;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly status: FulfilmentStatus;
  /** In a row, without success. */
  readonly attempts: number;
  readonly dueAt: Date;
  /** When the shop said that it knows. */
  readonly toldAt: Date | null;
  /** The code of why the last attempt failed. */
  readonly problem: string | null;
};

export const afterTelling = (fulfilment: Fulfilment, now: Date): Fulfilment => ({
  ...fulfilment,
  status: 'told',
  toldAt: now,
  problem: null,
});

/** What is known after the shop didn't take it. Telling it again is safe, since the shop is asked first what it knows; it is done a bounded number of times. */
export const afterSilence = (fulfilment: Fulfilment, { code, ...fault }: ShopDoRefused, now: Date): Fulfilment => {
  const attempts = fulfilment.attempts + 1;
  const later = retryAt(attempts, now);
  if (later === null || code === 'shop.refused') return { ...fulfilment, attempts, status: 'givenUp', problem: code };
  const askedFor = 'retryAfterMs' in fault && fault.retryAfterMs !== null ? now.getTime() + fault.retryAfterMs : 0;
  return { ...fulfilment, attempts, problem: code, dueAt: new Date(Math.max(later.getTime(), askedFor)) };
};

/** Tried again from now on, as often as a new one. Only what was given up is: the rest is told, or will be. */
export const tellAgain = (fulfilment: Fulfilment, now: Date): Fulfilment =>
  fulfilment.status === 'givenUp' ? { ...fulfilment, status: 'due', attempts: 0, dueAt: now } : fulfilment;
