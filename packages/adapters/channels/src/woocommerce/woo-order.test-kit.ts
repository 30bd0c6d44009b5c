export type Json = Readonly<Record<string, unknown>>;

/** An order of three mugs for 30.00, as WooCommerce tells it, with as little as there may be. */
export const orderOf = (order: Json = {}, line: Json = {}): Json => ({
  id: 727,
  number: '727',
  status: 'processing',
  currency: 'USD',
  date_modified_gmt: '2026-11-01T10:00:00',
  total: '30.00',
  line_items: [
    {
      id: 315,
      product_id: 93,
      variation_id: 0,
      quantity: 3,
      subtotal: '30.00',
      total: '30.00',
      sku: 'MUG',
      name: 'Mug',
      ...line,
    },
  ],
  ...order,
});

export const billing: Json = {
  first_name: 'Noura',
  last_name: 'Quokka',
  company: '',
  address_1: '7 Quokka Street',
  address_2: '',
  city: 'Lyon',
  state: '',
  postcode: '69001',
  country: 'FR',
  email: 'noura@quokka.example',
  phone: '+33100000000',
};
