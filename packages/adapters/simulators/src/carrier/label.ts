import { bug } from '@rappit/domain';
import barcodes from 'bwip-js/node';
import PDFDocument from 'pdfkit';
import { latin } from './latin.js';
import type { WireAddress, WireOrder } from './wire.js';

type Pdf = InstanceType<typeof PDFDocument>;
/** Where a text goes, and the sizes it may be written in, the preferred one first. */
type Block = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly sizes: readonly number[];
};

/** 4 × 6 inches, in points. */
const PAGE = { width: 288, height: 432 };
const MARGIN = 14;
/** Four dots of a 203 dpi label printer, so that every bar is as wide as it should be. */
const MODULE = (4 * 72) / 203;
const BARCODE = { y: 318, height: 72 };

export type LabelFacts = { readonly order: WireOrder; readonly service: string; readonly trackingNumber: string };

/** The label of a sale: one page of PDF, byte for byte the same whenever it is drawn again. */
export const drawLabel = async (facts: LabelFacts): Promise<Buffer> => {
  const info = {
    Title: `Label ${facts.trackingNumber}`,
    Creator: 'Rappit simulator',
    Producer: 'pdfkit',
    CreationDate: new Date(0),
  };
  const pdf = new PDFDocument({ size: [PAGE.width, PAGE.height], margin: 0, info });
  const drawn = bytesOf(pdf);
  drawHead(pdf, facts);
  drawParties(pdf, facts.order);
  drawParcels(pdf, facts.order);
  drawBarcode(pdf, facts.trackingNumber);
  pdf.end();
  return drawn;
};

const bytesOf = (pdf: Pdf): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });

const drawHead = (pdf: Pdf, { service }: LabelFacts): void => {
  pdf.rect(0, 0, PAGE.width, 44).fill('black');
  pdf.fillColor('white');
  write(pdf.font('Helvetica-Bold'), service.toUpperCase(), { x: MARGIN, y: 9, width: 140, height: 28, sizes: [24, 18, 12] });
  write(pdf.font('Helvetica'), 'SIMULATED CARRIER\nnot valid for shipping', {
    x: 160,
    y: 11,
    width: 114,
    height: 28,
    sizes: [10],
  });
  pdf.fillColor('black');
};

const drawParties = (pdf: Pdf, { shipper, consignee }: WireOrder): void => {
  write(pdf.font('Helvetica-Bold'), 'FROM', { x: MARGIN, y: 54, width: 40, height: 10, sizes: [7] });
  write(pdf.font('Helvetica'), addressText(shipper), { x: 54, y: 54, width: 220, height: 66, sizes: [8, 7, 6, 5, 4] });
  pdf.moveTo(0, 124).lineTo(PAGE.width, 124).stroke();
  write(pdf.font('Helvetica-Bold'), 'TO', { x: MARGIN, y: 134, width: 40, height: 12, sizes: [9] });
  write(pdf.font('Helvetica-Bold'), addressText(consignee), {
    x: 54,
    y: 133,
    width: 220,
    height: 122,
    sizes: [13, 11, 9, 7, 6, 5],
  });
  pdf.moveTo(0, 262).lineTo(PAGE.width, 262).stroke();
};

const drawParcels = (pdf: Pdf, { customer_ref, pieces }: WireOrder): void => {
  const grams = pieces.reduce((sum, { kg }) => sum + Math.round(kg * 1_000), 0);
  const text = `REF ${latin(customer_ref)}\n${pieces.length} ${pieces.length === 1 ? 'piece' : 'pieces'}, ${(grams / 1_000).toFixed(3)} kg`;
  write(pdf.font('Helvetica'), text, { x: MARGIN, y: 272, width: 260, height: 34, sizes: [11] });
};

const drawBarcode = (pdf: Pdf, trackingNumber: string): void => {
  const widths = barsAndSpaces(trackingNumber);
  const total = widths.reduce((sum, width) => sum + width, 0) * MODULE;
  let x = (PAGE.width - total) / 2;
  for (const [index, width] of widths.entries()) {
    if (index % 2 === 0) pdf.rect(x, BARCODE.y, width * MODULE, BARCODE.height);
    x += width * MODULE;
  }
  pdf.fill('black');
  const under = { width: PAGE.width - 2 * MARGIN, height: 18, align: 'center' } as const;
  pdf
    .font('Courier-Bold')
    .fontSize(14)
    .text(trackingNumber, MARGIN, BARCODE.y + BARCODE.height + 8, under);
};

/**
 * Code 128 as widths in modules, bar and space by turns.
 * By the default export: what bwip-js calls `raw` by name is another function in its ES module than in its CommonJS one.
 */
const barsAndSpaces = (text: string): readonly number[] => {
  const [symbol] = barcodes.raw('code128', text);
  return symbol && 'sbs' in symbol ? symbol.sbs : bug('a tracking number can be written as a barcode');
};

const addressText = ({ contact, company, street, town, state, zip, country }: WireAddress): string =>
  [contact, company, ...street, [zip, town, state].filter(Boolean).join(' '), country]
    .flatMap((line) => (line === undefined ? [] : [latin(line)]))
    .join('\n');

/** Writes into a block as large as the text fits. What fits in no size is cut off, so that there is never a second page. */
const write = (pdf: Pdf, text: string, { x, y, width, height, sizes }: Block): void => {
  const size = sizes.find((one) => pdf.fontSize(one).heightOfString(text, { width }) <= height) ?? sizes.at(-1) ?? 8;
  pdf.fontSize(size).text(text, x, y, { width, height, ellipsis: true });
};
