import { type DocumentFormat, type MergePdf, mergeLabels, type ShipmentDocument, ShipmentId } from '@rappit/domain';
import {
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
  fakePaper,
  inMemory,
} from '../fakes/index.js';

const textOf = (content: Uint8Array) => new TextDecoder().decode(content);
/** Tells of what it was given, and can't read what is empty. */
const joined: MergePdf = async (contents) => {
  const index = contents.findIndex(({ length }) => length === 0);
  const text = contents.map((content) => /label \w+/.exec(textOf(content))?.[0]).join();
  return index >= 0
    ? { ok: false, error: { code: 'pdf.unreadable', index } }
    : { ok: true, value: new TextEncoder().encode(text) };
};

/** Shipments whose papers are those that are given. */
const scene = async (...papers: readonly (readonly ShipmentDocument[])[]) => {
  const rappit = inMemory();
  const { caller } = rappit;
  const sku = exampleSku('MUG');
  await rappit.addItem(caller, sku, exampleItem('Mug'));
  const location = await rappit.addLocation(caller, exampleLocation('MAIN'));
  if (!location.ok) throw new Error(location.error.code);
  await rappit.receiveStock(caller, { sku, locationId: location.value.id, quantity: 500, reference: null });
  const ids: ShipmentId[] = [];
  for (const documents of papers) {
    const placed = await rappit.placeOrder(caller, exampleDraft([exampleLine('MUG', 1)]));
    if (!placed.ok) throw new Error(placed.error.code);
    await rappit.markReady(caller, placed.value.id);
    rappit.carrier.breakDown('labelMissing');
    const request = {
      carrier: 'fake',
      accountId: null,
      service: null,
      parcels: [exampleParcel],
      locationId: null,
      lineIds: null,
    };
    const shipped = await rappit.shipOrder(caller, placed.value.id, request);
    if (!shipped.ok) throw new Error(shipped.error.code);
    await rappit.memory.unitOfWork.run(caller.organizationId, async ({ shipments }) => {
      await shipments.addDocuments(shipped.value.id, documents);
      return { ok: true as const, value: null };
    });
    ids.push(shipped.value.id);
  }
  const merge = mergeLabels({ unitOfWork: rappit.memory.unitOfWork, mergePdf: joined });
  return {
    ids,
    merge: async (wanted: Parameters<typeof merge>[1] = { ids }) => {
      const merged = await merge(caller.organizationId, wanted);
      return merged.ok ? { format: merged.value.format, text: textOf(merged.value.content) } : merged.error;
    },
  };
};

const label = (format: DocumentFormat, text: string) => fakePaper('label', format, `label ${text}`);

describe('labels of many shipments', () => {
  it('become one PDF, in the order in which they were asked for, each shipment once and nothing but labels', async () => {
    const { ids, merge } = await scene(
      [label('pdf', 'A1'), fakePaper('invoice', 'pdf', 'label X'), label('pdf', 'A2')],
      [label('pdf', 'B')],
    );
    expect(await merge()).toEqual({ format: 'pdf', text: 'label A1,label A2,label B' });
    expect(await merge({ ids: [...ids].reverse().concat(ids) })).toEqual({ format: 'pdf', text: 'label B,label A1,label A2' });
    expect(await merge({ filter: { status: 'labelled' } })).toEqual({ format: 'pdf', text: 'label B,label A1,label A2' });
  });

  it.each(['zpl', 'epl'] as const)('as %s are put one behind the other, each on lines of its own', async (format) => {
    const { merge } = await scene([label(format, 'A')], [label(format, 'B')]);
    const [a, b] = [label(format, 'A'), label(format, 'B')].map(({ content }) => textOf(content));
    expect(await merge()).toEqual({ format, text: `${a}\n${b}\n` });
  });

  it('of several formats, or as pictures, are refused, naming those that differ from the first', async () => {
    const mixed = await scene([label('pdf', 'A')], [label('zpl', 'B')], [label('pdf', 'C'), label('epl', 'C')]);
    expect(await mixed.merge()).toEqual({ code: 'shipment.labels_unmergeable', shipmentIds: mixed.ids.slice(1) });
    const pictures = await scene([label('png', 'A')]);
    expect(await pictures.merge()).toEqual({ code: 'shipment.labels_unmergeable', shipmentIds: pictures.ids });
  });

  it('are refused when one can not be read, and it is named', async () => {
    const { ids, merge } = await scene([label('pdf', 'A')], [{ ...label('pdf', 'B'), content: new Uint8Array() }]);
    expect(await merge()).toEqual({ code: 'shipment.labels_unmergeable', shipmentIds: ids.slice(1) });
  });

  it('are refused when a shipment has none, and it is named', async () => {
    const { ids, merge } = await scene([label('pdf', 'A')], [fakePaper('invoice', 'pdf', 'label X')]);
    expect(await merge()).toEqual({ code: 'shipment.labels_missing', shipmentIds: ids.slice(1) });
    expect(await merge({ ids: [...ids, ShipmentId('nobody')] })).toEqual({ code: 'shipment.not_found' });
  });

  it('are refused when they are more than a hundred, or larger than 64 MB', async () => {
    const { ids, merge } = await scene(...Array.from({ length: 101 }, () => [label('zpl', 'A')]));
    const tooMany = { code: 'shipment.too_many_labels', limit: 100 };
    expect([await merge(), await merge({ filter: {} })]).toEqual([tooMany, tooMany]);
    expect(await merge({ ids: ids.slice(1) })).toMatchObject({ format: 'zpl' });
    const large = await scene([{ ...label('zpl', 'A'), content: new Uint8Array(65 * 1_024 * 1_024) }]);
    expect(await large.merge()).toEqual(tooMany);
  });
});
