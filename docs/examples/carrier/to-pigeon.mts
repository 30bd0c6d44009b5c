import { type Address, type CarrierRefused, type Customs, err, type LabelOrder, ok, type Result } from '@rappit/domain';

const refused = (path: string, message: string) => err({ code: 'carrier.refused', message, path } as const);

/** An order as Pigeon Post takes it, unless it asks for what pigeons can't do: nothing that was asked for is left out silently. */
export const toPigeon = (order: LabelOrder): Result<object, CarrierRefused> => {
  const { reference, from, to, parcels, customs, extras, service, labelFormat, shipOn, isReturn } = order;
  if (isReturn) return refused('isReturn', 'Pigeons fly home only: Pigeon Post brings nothing back.');
  if (extras.insuredFor) return refused('extras.insuredFor', 'Pigeon Post insures nothing.');
  if (extras.saturdayDelivery) return refused('extras.saturdayDelivery', 'Pigeons fly on every day of the week.');
  if (extras.paperlessInvoice) return refused('extras.paperlessInvoice', 'Pigeon Post needs the invoice on paper.');
  if (labelFormat !== null && labelFormat !== 'pdf' && labelFormat !== 'zpl')
    return refused('labelFormat', 'Pigeon Post prints PDF and ZPL.');
  return ok({
    ref: reference,
    from: place(from),
    to: place(to),
    boxes: parcels.map(({ weightGrams, lengthMm, widthMm, heightMm }) => ({
      grams: weightGrams,
      mm: [lengthMm, widthMm, heightMm],
    })),
    ...(service !== null && { speed: service }),
    ...(labelFormat !== null && { paper: labelFormat.toUpperCase() }),
    ...(shipOn !== null && { day: shipOn }),
    ...(extras.signature && { signed: true }),
    ...(customs && { customs: declared(customs) }),
  });
};

const place = ({ name, company, lines, city, region, postalCode, countryCode, phone }: Address) => ({
  to_whom: company === null ? name : `${company}, ${name}`,
  street: lines,
  city,
  country: countryCode,
  ...(region !== null && { region }),
  ...(postalCode !== null && { code: postalCode }),
  ...(phone !== null && { phone }),
});

/** Pigeon Post takes amounts as text with two digits, whatever the currency (chapter 3). */
const declared = ({ purpose, incoterm, dutiesPaidBy, currency, lines, invoiceNumber, invoicedOn }: Customs) => ({
  ...{ why: purpose, terms: incoterm, duties: dutiesPaidBy, invoice: invoiceNumber, invoiced: invoicedOn, currency },
  lines: lines.map(({ description, quantity, pieceWeightGrams, pieceValueMinor, originCountryCode, hsCode }) => ({
    ...{ what: description, pieces: quantity, grams: pieceWeightGrams, made_in: originCountryCode },
    value: (pieceValueMinor / 100).toFixed(2),
    ...(hsCode !== null && { hs: hsCode }),
  })),
});

/** Which of our fields Pigeon Post means by one of its own; null where it means none that we have. */
export const ourPath = (field: string | null): string | null => {
  const [, index, what] = /^boxes\[(\d+)\]\.(grams|mm)$/.exec(field ?? '') ?? [];
  if (index !== undefined) return what === 'grams' ? `parcels[${index}].weightGrams` : `parcels[${index}]`;
  return { speed: 'service', 'to.code': 'to.postalCode', 'to.street': 'to.lines' }[field ?? ''] ?? null;
};
