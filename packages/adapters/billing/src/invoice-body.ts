import type { Invoice } from '@rappit/domain';
import { momentOf } from './subscription-body.js';

type Reference = string | { readonly id: string } | null;

/** What is read of an invoice; since basil its subscription is named by its parent, which one that was written by hand doesn't have. */
export type InvoiceBody = {
  readonly id?: string;
  readonly number: string | null;
  readonly status: string | null;
  readonly total: number;
  readonly currency: string;
  readonly created: number;
  readonly subscription?: Reference;
  readonly parent?: { readonly subscription_details?: { readonly subscription?: Reference } | null } | null;
  readonly hosted_invoice_url?: string | null;
  readonly invoice_pdf?: string | null;
};

const idOf = (reference: Reference | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

export const toInvoice = (body: InvoiceBody): Invoice => ({
  id: body.id ?? '',
  number: body.number,
  status: body.status ?? 'unknown',
  totalMinor: body.total,
  currency: body.currency.toUpperCase(),
  createdAt: momentOf(body.created),
  subscriptionId: idOf(body.parent?.subscription_details?.subscription) ?? idOf(body.subscription),
  pageUrl: body.hosted_invoice_url ?? null,
  pdfUrl: body.invoice_pdf ?? null,
});
