import { pathOfAddress, pathOfOrderRates, pathOfPickup, pathOfRates, pathOfShipping } from './request-paths.js';

describe('a path of a carrier, in the names of whoever asked', () => {
  it.each([
    ['from.postalCode', 'location.address.postalCode', 'account.shipper.postalCode'],
    ['from', 'location.address', 'account.shipper'],
    ['to.lines[1]', 'shippingAddress.lines[1]', 'shippingAddress.lines[1]'],
    ['parcels[1].weightGrams', 'parcels[1].weightGrams', 'parcels[1].weightGrams'],
    ['customs.lines[0].hsCode', 'customs.lines[0].hsCode', 'customs.lines[0].hsCode'],
    ['customs.lines[2].quantity', 'customs.lines[2]', 'customs.lines[2]'],
    ['customs.currency', null, null],
    ['extras.insuredFor.amountMinor', 'insuredFor.amountMinor', 'insuredFor.amountMinor'],
    ['extras', null, null],
    ['reference', null, null],
    ['printed[0]', null, null],
    ['service', 'service', 'service'],
    ['fromage', 'fromage', 'fromage'],
  ])('that ships: %s is %s, or %s where the account has the address', (path, ofLocation, ofAccount) => {
    expect([pathOfShipping(path, 'location'), pathOfShipping(path, 'account')]).toEqual([ofLocation, ofAccount]);
  });

  it.each([
    ['from.city', 'account.shipper.city'],
    ['parcels[0]', 'parcels[0]'],
    ['service', null],
    ['labelFormat', null],
    ['extras.signature', 'signature'],
  ])('that asks for rates of an order: %s is %s', (path, named) => {
    expect(pathOfOrderRates(path, 'account')).toBe(named);
  });

  it.each([
    ['from.city', 'from.city'],
    ['to', 'to'],
    ['customs.currency', 'goodsValue.currency'],
    ['customs.lines', 'goodsValue.amountMinor'],
    ['customs.lines[0].pieceValueMinor', 'goodsValue.amountMinor'],
    ['customs.lines[0].originCountryCode', 'from.countryCode'],
    ['customs.lines[0].pieceWeightGrams', 'parcels'],
    ['customs.lines[0].hsCode', 'goodsValue'],
    ['customs.purpose', 'customs.purpose'],
    ['customs.invoiceNumber', null],
    ['extras.saturdayDelivery', 'saturdayDelivery'],
    ['service', null],
  ])('that asks for rates between two addresses: %s is %s', (path, named) => {
    expect(pathOfRates(path)).toBe(named);
  });

  it.each([
    ['from.phone', 'location.address.phone', 'location.address.phone'],
    ['parcels[2].weightGrams', 'parcels[2].weightGrams', 'shipmentIds[3]'],
    ['parcels[9].weightGrams', 'parcels[9].weightGrams', 'shipmentIds'],
    ['parcels', 'parcels', 'shipmentIds'],
    ['service', 'service', 'shipmentIds'],
    ['closesAt', 'closesAt', 'closesAt'],
  ])('that books a pickup: %s is %s of parcels, and %s of shipments', (path, ofParcels, ofShipments) => {
    expect(pathOfPickup(path, { sender: 'location', owners: [] })).toBe(ofParcels);
    expect(pathOfPickup(path, { sender: 'location', owners: [0, 0, 3] })).toBe(ofShipments);
  });

  it.each([
    ['postalCode', 'address.postalCode'],
    ['address.postalCode', 'address.postalCode'],
    ['to.lines[0]', 'address.lines[0]'],
    ['to', 'address'],
  ])('that asks about an address: %s is %s', (path, named) => {
    expect(pathOfAddress(path)).toBe(named);
  });
});
