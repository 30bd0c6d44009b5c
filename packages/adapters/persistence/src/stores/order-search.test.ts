import { PERSONAL } from '../../../../../test/markers.js';
import { fromCustomer, searched } from './order-search.js';

const named = (name: string | null, email: string | null = null) => fromCustomer({ externalId: null, name, email, phone: null });

describe('what an order is looked for by', () => {
  it('is the name, its last word and the address, without regard to case', () => {
    expect(named('Zoë van der MEER ', `${PERSONAL}@Example.COM`)).toEqual({
      search_name: 'zoë van der meer ',
      search_surname: 'meer',
      search_email: `${PERSONAL.toLowerCase()}@example.com`,
    });
    expect(searched('MEER')).toBe('meer');
  });

  it('is nothing where nobody is named, and no surname where there is one word', () => {
    const nothing = { search_name: null, search_surname: null, search_email: null };
    expect(fromCustomer(null)).toEqual(nothing);
    expect(named(null)).toEqual(nothing);
    expect(named('Cher')).toMatchObject({ search_name: 'cher', search_surname: null });
  });

  it('ends after a hundred characters, and never within one', () => {
    expect(named('😀'.repeat(120))).toMatchObject({ search_name: '😀'.repeat(100) });
    expect(named(`a ${'é'.repeat(400)}`)).toMatchObject({ search_surname: 'é'.repeat(100) });
  });
});
