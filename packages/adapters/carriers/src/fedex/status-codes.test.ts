import { fedexStatusCodes, statusOfFedexCode } from './status-codes.js';

/** FedEx's list of status codes with what each means for whoever waits for the parcel. */
const meant: Readonly<Record<string, readonly string[]>> = {
  announced: ['EP', 'IN', 'MD', 'OC', 'OX'],
  pickedUp: ['AP', 'OF', 'PU', 'PX'],
  inTransit: [
    ...['AA', 'AC', 'AF', 'AO', 'AR', 'AX', 'CC', 'CP', 'CU', 'DP', 'DS', 'EA', 'EO', 'FD'],
    ...['IT', 'IX', 'LO', 'Ow', 'PF', 'PL', 'PM', 'SF', 'TR'],
  ],
  outForDelivery: ['AD', 'ED', 'OD'],
  readyForPickup: ['HL', 'HP'],
  onHold: ['CD', 'SE'],
  delayed: ['DD', 'DY', 'PD', 'PY'],
  deliveryFailed: ['DE'],
  delivered: ['DL'],
  returned: ['RS', 'RT'],
  cancelled: ['CA'],
};

describe('a status of FedEx', () => {
  const pairs = Object.entries(meant).flatMap(([status, codes]) => codes.map((code) => [code, status] as const));

  it.each(pairs)('%s is %s', (code, status) => {
    expect(statusOfFedexCode(code)).toBe(status);
  });

  it.each(['RC', 'RD', 'RM', 'RP', 'RR', 'CH', 'LP', 'SP', 'ZZ', '', 'constructor', 'dl'])('%j says nothing', (code) => {
    expect(statusOfFedexCode(code)).toBeNull();
  });

  it('is in the table only where it is tested here', () => {
    expect(Object.keys(fedexStatusCodes).sort()).toEqual(pairs.map(([code]) => code).sort());
  });
});
