import { type Address, crossesCustoms } from '@rappit/domain';
import { exampleCustoms } from '@rappit/testing/fakes';
import { usualProduct } from '../dhl/account.js';
import { usualService } from '../fedex/account.js';
import { reachable } from './contract-world.test-kit.js';

const at = (countryCode: string, postalCode: string | null): Address => ({ ...reachable, countryCode, postalCode });
const berlin = at('DE', '10115');
const madrid = at('ES', '28001');
const grandCanary = at('ES', '35001');
const london = at('GB', 'SW1A 1AA');
const zurich = at('CH', '8001');
const newYork = at('US', '10118');

/** Lanes, whether something has to be declared on them, and what DHL and FedEx are asked for where nobody has chosen. */
const lanes: readonly (readonly [name: string, from: Address, to: Address, declared: boolean, dhl: string, fedex: string])[] = [
  ['Berlin to Frankfurt', berlin, at('DE', '60316'), false, 'N', 'FEDEX_PRIORITY'],
  ['New York to Chicago', newYork, at('US', '60601'), false, 'N', 'FEDEX_GROUND'],
  ['Berlin to Paris', berlin, at('FR', '75001'), false, 'U', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['Paris to Monaco', at('FR', '75001'), at('MC', '98000'), false, 'U', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['Berlin to Zürich', berlin, zurich, true, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['Berlin to New York', berlin, newYork, true, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['Madrid to Gran Canaria', madrid, grandCanary, true, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['Gran Canaria to Madrid', grandCanary, madrid, true, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['within Gran Canaria', grandCanary, grandCanary, false, 'N', 'FEDEX_PRIORITY'],
  ['Berlin to Gran Canaria', berlin, grandCanary, true, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['Berlin to Heligoland', berlin, at('DE', '27498'), true, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['Paris to Réunion', at('FR', '75001'), at('RE', '97400'), true, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['New York to Puerto Rico', newYork, at('PR', '00901'), false, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['London to Jersey', london, at('JE', 'JE2 3QA'), false, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
  ['Zürich to Liechtenstein', zurich, at('LI', '9490'), false, 'P', 'FEDEX_INTERNATIONAL_PRIORITY'],
];

it.each(lanes)('%s is a lane', (_, from, to, declared, dhl, fedex) => {
  expect(crossesCustoms(from, to)).toBe(declared);
  const consignment = { from, to, customs: declared ? exampleCustoms() : null };
  expect([usualProduct(consignment), usualService(consignment)]).toEqual([dhl, fedex]);
});
