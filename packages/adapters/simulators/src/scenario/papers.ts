import { drawLabel } from '../carrier/label.js';

export type PaperFormat = 'pdf' | 'zpl' | 'epl' | 'png';

/** Who is written on a label, and where it goes. */
export type LabelFacts = {
  readonly number: string;
  readonly reference: string;
  readonly service: string;
  readonly from: Place;
  readonly to: Place;
  readonly kilograms: readonly number[];
};
export type Place = {
  readonly name: string;
  readonly lines: readonly string[];
  readonly city: string;
  readonly zip: string;
  readonly country: string;
};

const partyOn = ({ name, lines, city, zip, country }: Place) => ({
  contact: name,
  street: lines,
  town: city,
  country,
  ...(zip !== '' && { zip }),
});

/** The smallest picture there is: one white dot. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAGzYqKwAAAABJRU5ErkJggg==';

/** A label as the format's printers want it, in base64. */
export const labelPaper = async (facts: LabelFacts, format: PaperFormat): Promise<string> => {
  const { number, reference, service, from, to, kilograms } = facts;
  const text = (lines: string) => Buffer.from(lines, 'latin1').toString('base64');
  if (format === 'zpl') return text(`^XA^FO40,40^A0N,40^FD${service} ${number}^FS^FO40,120^BCN,120^FD${number}^FS^XZ`);
  if (format === 'epl') return text(`N\nq812\nA40,40,0,4,1,1,N,"${service} ${number}"\nB40,120,0,1,2,4,120,B,"${number}"\nP1\n`);
  if (format === 'png') return PNG;
  const pieces = kilograms.map((kg) => ({ kg, cm: { l: 1, w: 1, h: 1 } }));
  const order = { customer_ref: reference, shipper: partyOn(from), consignee: partyOn(to), pieces };
  return (await drawLabel({ order, service, trackingNumber: number })).toString('base64');
};

/** A page with a line of text: an invoice, a proof of delivery. */
export const plainPaper = (text: string): string =>
  Buffer.from(`%PDF-1.4\n% ${text.replace(/[^\x20-\x7e]/g, '?')}\n%%EOF\n`, 'latin1').toString('base64');
