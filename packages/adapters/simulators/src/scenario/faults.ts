/**
 * What may go wrong with a carrier on the wire, whatever it is asked (`unavailable`, `rateLimited`, `unauthorized`), or when it is to do
 * something: before it does (`lostBeforeSale`, `errorInside`) or after (`lostAfterSale`, `resetAfterSale`, `unreadable`,
 * `numberMissing`, `labelMissing`); `slow` is an answer that takes its time.
 */
export const scenarioFaults = [
  'unavailable',
  'rateLimited',
  'unauthorized',
  'lostAfterSale',
  'resetAfterSale',
  'lostBeforeSale',
  'unreadable',
  'numberMissing',
  'labelMissing',
  'errorInside',
  'slow',
] as const;
export type ScenarioFault = (typeof scenarioFaults)[number];

/** The carrier as a whole doesn't serve anybody. */
export type WholeFault = Extract<ScenarioFault, 'unavailable' | 'rateLimited' | 'unauthorized'>;

export const isWhole = (fault: ScenarioFault | null): fault is WholeFault =>
  fault === 'unavailable' || fault === 'rateLimited' || fault === 'unauthorized';
