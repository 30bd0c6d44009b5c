import { err, type OrganizationId, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import type { DocumentFormat, ShipmentDocument } from './label.js';
import type { Shipment, ShipmentId, ShipmentNotFound } from './shipment.js';
import type { ShipmentFilter, ShipmentStores } from './stores.port.js';

/** How many shipments' labels are put into one file. */
export const MAX_MERGED = 100;
/** A hundred labels are a few megabytes; whoever has larger ones fetches them one by one. */
const MAX_MERGED_BYTES = 64 * 1_024 * 1_024;

export type PdfUnreadable = { readonly code: 'pdf.unreadable'; readonly index: number };
/** One PDF with the pages of all, in their order; or the place of the first that is no PDF with pages. Never throws because of what it is given. */
export type MergePdf = (documents: readonly Uint8Array[]) => Promise<Result<Uint8Array, PdfUnreadable>>;

/** Shipments without a label: drafts, purchases under way, cancelled ones, and those whose carrier sent none. */
export type LabelsMissing = { readonly code: 'shipment.labels_missing'; readonly shipmentIds: readonly ShipmentId[] };
/** Labels that don't go into one file: of several formats, pictures, or one that can't be read. */
export type LabelsUnmergeable = { readonly code: 'shipment.labels_unmergeable'; readonly shipmentIds: readonly ShipmentId[] };
export type TooManyLabels = { readonly code: 'shipment.too_many_labels'; readonly limit: number };
export type MergeRefused = ShipmentNotFound | LabelsMissing | LabelsUnmergeable | TooManyLabels;

/** Whose labels: of shipments by their ids, in that order, or of all that a filter finds, newest first. */
export type LabelsWanted = { readonly ids: readonly ShipmentId[] } | { readonly filter: ShipmentFilter };
export type MergedLabels = { readonly format: DocumentFormat; readonly content: Uint8Array };
export type MergeLabels = (organizationId: OrganizationId, wanted: LabelsWanted) => Promise<Result<MergedLabels, MergeRefused>>;

type Labelled = { readonly shipment: Shipment; readonly labels: readonly ShipmentDocument[] };

/**
 * The labels of many shipments as one file to print: all of them, or none and why.
 * PDFs become one PDF. ZPL and EPL are programs for a printer, each label one by itself, and are put one behind the other. Pictures, and
 * labels of several formats, are refused.
 */
export const mergeLabels =
  ({ unitOfWork, mergePdf }: { readonly unitOfWork: UnitOfWork<ShipmentStores>; readonly mergePdf: MergePdf }): MergeLabels =>
  async (organizationId, wanted) => {
    const found = await unitOfWork.read(organizationId, (stores) => labelsOf(stores, wanted));
    if (!found.ok) return found;
    const missing = found.value.filter(({ labels, shipment }) => labels.length === 0 || shipment.status === 'cancelled');
    if (missing.length > 0) return err({ code: 'shipment.labels_missing', shipmentIds: missing.map(idOf) });
    const pages = found.value.flatMap(({ shipment, labels }) => labels.map((label) => ({ shipment, label })));
    const [first] = pages;
    if (!first) return err({ code: 'shipment.labels_missing', shipmentIds: [] });
    const { format } = first.label;
    const others = pages.filter(({ label }) => label.format !== format || label.format === 'png');
    if (others.length > 0) return err({ code: 'shipment.labels_unmergeable', shipmentIds: [...new Set(others.map(idOf))] });
    const contents = pages.map(({ label }) => label.content);
    if (format !== 'pdf') return ok({ format, content: oneBehindTheOther(contents) });
    const merged = await mergePdf(contents);
    if (merged.ok) return ok({ format, content: merged.value });
    const unreadable = pages.slice(merged.error.index, merged.error.index + 1);
    return err({ code: 'shipment.labels_unmergeable', shipmentIds: unreadable.map(idOf) });
  };

const idOf = ({ shipment }: { readonly shipment: Shipment }): ShipmentId => shipment.id;

/** Their sizes are added up before any is read, so that nothing huge ever is. */
const labelsOf = async (
  { shipments }: ShipmentStores,
  wanted: LabelsWanted,
): Promise<Result<readonly Labelled[], ShipmentNotFound | TooManyLabels>> => {
  const chosen = await shipmentsOf(shipments, wanted);
  if (!chosen.ok) return chosen;
  const papers = (await shipments.papers(chosen.value.map(({ id }) => id))).filter(({ kind }) => kind === 'label');
  if (papers.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_MERGED_BYTES) return tooMany;
  const labels = await shipments.documents(papers);
  return ok(
    chosen.value.map((shipment) => ({ shipment, labels: labels.filter(({ shipmentId }) => shipmentId === shipment.id) })),
  );
};

const tooMany = err({ code: 'shipment.too_many_labels', limit: MAX_MERGED } as const);

const shipmentsOf = async (
  shipments: ShipmentStores['shipments'],
  wanted: LabelsWanted,
): Promise<Result<readonly Shipment[], ShipmentNotFound | TooManyLabels>> => {
  if ('filter' in wanted) {
    const { data, nextCursor } = await shipments.list({ limit: MAX_MERGED }, wanted.filter);
    return nextCursor === null ? ok(data) : tooMany;
  }
  const ids = [...new Set(wanted.ids)];
  if (ids.length > MAX_MERGED) return tooMany;
  const found = new Map((await shipments.findMany(ids)).map((shipment) => [shipment.id, shipment]));
  const inTheirOrder = ids.flatMap((id) => found.get(id) ?? []);
  return inTheirOrder.length === ids.length ? ok(inTheirOrder) : err({ code: 'shipment.not_found' });
};

const LINE_END = 0x0a;

const oneBehindTheOther = (contents: readonly Uint8Array[]): Uint8Array => {
  const file = new Uint8Array(contents.reduce((sum, content) => sum + content.length + 1, 0));
  let at = 0;
  for (const content of contents) {
    file.set(content, at);
    file[at + content.length] = LINE_END;
    at += content.length + 1;
  }
  return file;
};
