import { ourPath, refusalIn } from './problems.js';

describe("DHL's pointers", () => {
  it.each([
    ['#/content/packages/0/weight', 'parcels[0].weightGrams'],
    ['#/content/packages/12/dimensions/height', 'parcels[12].heightMm'],
    ['#/content/packages/3/dimensions', 'parcels[3]'],
    ['#/content/packages', 'parcels'],
    ['#/content/incoterm', 'customs.incoterm'],
    ['#/content/exportDeclaration/lineItems/1/commodityCodes/0/value', 'customs.lines[1].hsCode'],
    ['#/content/exportDeclaration/invoice/number', 'customs.invoiceNumber'],
    ['#/content/exportDeclaration', 'customs'],
    ['#/customerDetails/receiverDetails/postalAddress/postalCode', 'to.postalCode'],
    ['#/customerDetails/receiverDetails/postalAddress/addressLine2', 'to.lines[1]'],
    ['#/customerDetails/shipperDetails/contactInformation/phone', 'from.phone'],
    ['#/customerDetails/shipperDetails/contactInformation', 'from'],
    ['/productCode', 'service'],
    ['#/plannedShippingDateAndTime', 'shipOn'],
    ['#/outputImageProperties/encodingFormat', 'labelFormat'],
    ['#/customerReferences/0/value', 'reference'],
  ])('%s is %s', (pointer, path) => {
    expect(ourPath(pointer)).toBe(path);
  });

  it.each(['#/accounts/0/number', '#/customerDetails/buyerDetails/postalAddress', '#/', '', 'content'])(
    '%j is nothing of ours',
    (pointer) => {
      expect(ourPath(pointer)).toBeNull();
    },
  );
});

describe('a refusal of DHL', () => {
  const error = (facts: object) => ({ instance: '/expressapi', title: 'Bad request', message: 'Bad request', ...facts });

  it('hands all the details on, and names the first field that any of them names', () => {
    const additionalDetails = [
      'something that nobody can place',
      '#/customerDetails/receiverDetails/contactInformation: required key [phone] not found',
      '#/content/packages/0/weight: expected number',
    ];
    const { error: refusal } = refusalIn(error({ detail: 'Multiple problems found, see Additional Details', additionalDetails }));
    expect(refusal).toMatchObject({ code: 'carrier.refused', path: 'to.phone' });
    for (const detail of additionalDetails) expect(refusal.message).toContain(detail);
  });

  it('names the field that a code means', () => {
    const detail = '1004: The requested product is not available.';
    expect(refusalIn(error({ detail })).error).toMatchObject({ path: 'service', message: detail });
  });

  it('says what there is where there are no details', () => {
    expect(refusalIn(error({ detail: '' })).error).toEqual({ code: 'carrier.refused', message: 'Bad request', path: null });
    for (const nothing of [undefined, null, [], 'no', { additionalDetails: 7 }])
      expect(refusalIn(nothing).error).toEqual({
        code: 'carrier.refused',
        message: 'DHL refused the request without saying why.',
        path: null,
      });
  });

  it('is one line of a bearable length', () => {
    const { message } = refusalIn(error({ detail: `line\none\u0007 ${'x'.repeat(5_000)}` })).error;
    expect(message.startsWith('line one x')).toBe(true);
    expect(message).toHaveLength(300);
  });
});
