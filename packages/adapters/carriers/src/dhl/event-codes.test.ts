import { dhlEventCodes, statusOfDhlCode } from './event-codes.js';

/** DHL's list of checkpoints, as its customers know it, with what each means for whoever waits for the parcel. */
const meant: Readonly<Record<string, readonly string[]>> = {
  announced: ['SD', 'MF', 'EM'],
  pickedUp: ['PU'],
  inTransit: [
    ...['AF', 'AR', 'BL', 'BR', 'CI', 'CR', 'CU', 'DF', 'DG', 'ES', 'FD', 'HN', 'IC', 'LV'],
    ...['MC', 'MS', 'PL', 'RR', 'RW', 'SA', 'SC', 'SI', 'SM', 'TR', 'UV'],
  ],
  outForDelivery: ['WC'],
  readyForPickup: ['CC'],
  onHold: ['AD', 'BN', 'CD', 'CS', 'DP', 'HI', 'HO', 'HP', 'OH', 'PW', 'PY', 'SS', 'ST', 'TP', 'UD'],
  delayed: ['TD'],
  deliveryFailed: ['BA', 'CA', 'CM', 'MD', 'NA', 'ND', 'NH', 'PD', 'RD'],
  damaged: ['DD', 'DM', 'DS'],
  delivered: ['OK'],
  returned: ['RT'],
};

describe('a checkpoint of DHL', () => {
  const pairs = Object.entries(meant).flatMap(([status, codes]) => codes.map((code) => [code, status] as const));

  it.each(pairs)('%s is %s', (code, status) => {
    expect(statusOfDhlCode(code)).toBe(status);
  });

  it.each(['DI', 'IA', 'TI', 'TT', 'XX', '', 'toString', 'ok'])('%j says nothing of where a parcel stands', (code) => {
    expect(statusOfDhlCode(code)).toBeNull();
  });

  it('is in the table only where it is tested here', () => {
    expect(Object.keys(dhlEventCodes).sort()).toEqual(pairs.map(([code]) => code).sort());
  });
});
