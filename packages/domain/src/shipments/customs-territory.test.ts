import { customsTerritoryOf } from './customs-territory.js';

const at = (countryCode: string, postalCode: string | null = null) => ({ countryCode, postalCode });
const apart = (one: ReturnType<typeof at>, other: ReturnType<typeof at>) => customsTerritoryOf(one) !== customsTerritoryOf(other);

describe('customs is in between', () => {
  it.each([
    ['Germany and Switzerland', at('DE', '10115'), at('CH', '8001')],
    ['France and Great Britain', at('FR', '75001'), at('GB', 'SW1A 1AA')],
    ['Spain and its Canary Islands', at('ES', '28001'), at('ES', '35001')],
    ['Germany and Heligoland', at('DE', '10115'), at('DE', ' 27498 ')],
    ['Italy and Livigno', at('IT', '20121'), at('IT', '23041')],
    ['France and Réunion', at('FR', '75001'), at('RE', '97400')],
    ['the United States and Canada', at('US', '10001'), at('CA', 'M5V 2T6')],
    ['Norway and Sweden', at('NO', '0150'), at('SE', '111 29')],
  ])('%s', (_, one, other) => {
    expect([apart(one, other), apart(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['Germany and Croatia', at('DE', '10115'), at('HR', '10000')],
    ['France and Monaco', at('FR', '75001'), at('MC', '98000')],
    ['Switzerland and Liechtenstein', at('CH', '8001'), at('LI', '9490')],
    ['Great Britain and Jersey', at('GB', 'SW1A 1AA'), at('JE', 'JE2 3QA')],
    ['the United States and Puerto Rico', at('US', '10001'), at('PR', '00901')],
    ['two streets of Hong Kong, which has no postal codes', at('HK'), at('HK')],
    ['Spain and a German town with the code of a Canary Island', at('ES', '28001'), at('DE', '35001')],
  ])('not of %s', (_, one, other) => {
    expect(apart(one, other)).toBe(false);
  });
});
