import type { DocumentFormat, Label, LabelOrder, ShipmentDocument } from '@rappit/domain';

/** A PDF of one empty page, with the text as a remark in it. */
const onePage = (text: string): string => {
  const drawn = `% ${text}\n`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Resources<<>>/Contents 4 0 R>>',
    `<</Length ${drawn.length}>>\nstream\n${drawn}endstream`,
  ].map((body, index) => `${index + 1} 0 obj\n${body}\nendobj\n`);
  const head = '%PDF-1.4\n';
  const offsets = objects.map((_, index) => head.length + objects.slice(0, index).join('').length);
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 5\n0000000000 65535 f \n${rows}trailer\n<</Size 5/Root 1 0 R>>\n`;
  return `${head}${objects.join('')}${table}startxref\n${head.length + objects.join('').length}\n%%EOF\n`;
};

const papers: Readonly<Record<DocumentFormat, (text: string) => string>> = {
  pdf: onePage,
  zpl: (text) => `^XA^FO50,50^FD${text}^FS^XZ`,
  png: (text) => `\u0089PNG\r\n\u001a\n${text}`,
  epl: (text) => `N\nA50,50,0,1,1,1,N,"${text}"\nP1\n`,
};

/** One byte for each character up to U+00FF. */
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

export const fakePaper = (kind: ShipmentDocument['kind'], format: DocumentFormat, text: string): ShipmentDocument => ({
  kind,
  format,
  content: bytesOf(papers[format](text)),
});

type Sold = { readonly code: string; readonly count: number; readonly order: LabelOrder };

/** One label for each parcel, and an invoice where customs is in between. */
export const fakeLabel = ({ code, count, order }: Sold): Label => {
  const trackingNumber = `${code.toUpperCase()}${String(count).padStart(10, '0')}`;
  const { service, parcels, customs, extras, labelFormat } = order;
  const parcelNumbers = parcels.map((_, index) => (index === 0 ? trackingNumber : `${trackingNumber}-${index + 1}`));
  return {
    trackingNumber,
    parcelNumbers,
    service: service ?? 'standard',
    cost: fakePrice(order, service ?? 'standard'),
    documents: [
      ...parcelNumbers.map((number) => fakePaper('label', labelFormat ?? 'pdf', `label ${number}`)),
      ...(customs ? [fakePaper('invoice', 'pdf', `invoice ${customs.invoiceNumber}`)] : []),
    ],
    warnings: extras.saturdayDelivery ? ['Saturday is a working day here.'] : [],
  };
};

/** Express costs half as much again. */
export const fakePrice = ({ parcels }: Pick<LabelOrder, 'parcels'>, service: string) => ({
  amountMinor: 490 * parcels.length * (service === 'express' ? 1.5 : 1),
  currency: 'EUR',
});
