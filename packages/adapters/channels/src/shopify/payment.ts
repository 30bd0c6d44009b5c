import type { PaymentMethod, PaymentStatus } from '@rappit/domain';

/** Shopify's `financial_status` in our words. Part of the money isn't the money: `partially_paid` is still pending. */
const statuses: ReadonlyMap<string, PaymentStatus> = new Map([
  ['pending', 'pending'],
  ['authorized', 'authorized'],
  ['partially_paid', 'pending'],
  ['paid', 'paid'],
  ['partially_refunded', 'partiallyRefunded'],
  ['refunded', 'refunded'],
  ['voided', 'failed'],
  ['expired', 'failed'],
]);

/** A status that we don't know, or none, counts as pending: a channel's order doesn't expire, and nothing is taken for paid. */
export const paymentStatusOf = (financialStatus: string | null): PaymentStatus =>
  statuses.get(financialStatus?.trim().toLowerCase() ?? '') ?? 'pending';

const cashOnDelivery: ReadonlySet<string> = new Set(['cash on delivery', 'cash on delivery cod', 'cod', 'cod cash on delivery']);

const plainWords = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Only a gateway whose whole name says so is cash on delivery; `manual`, bank deposit and the like are paid in advance. */
export const paymentMethodOf = (gatewayNames: readonly string[]): PaymentMethod =>
  gatewayNames.some((name) => cashOnDelivery.has(plainWords(name))) ? 'cashOnDelivery' : 'prepaid';
