/** The documents that PostgreSQL puts together, as text: written as briefly as Rappit writes them, and quicker than by `json_build_object`. */

/** What the outbox tells of an order. Both are SQL expressions. */
export const eventOf = ({ id, number }) =>
  `('{"orderId":"' || ${id} || '","number":"' || ${number} || '","status":"reserved"}')::json`;

const ofSku = ({ location, sku, quantity, available }) =>
  `'{"sku":' || to_json(${sku}) || ',"wanted":' || ${quantity} || ',"allocated":' || ${quantity}
    || ',"candidates":[{"locationId":"' || ${location} || '","available":' || (${available}) || ',"took":' || ${quantity} || ',"because":"chosen"}]}'`;

const ofSkus = (skus) => `('{"policy":"fewestLocations","skus":[' || ${skus} || ']}')::json`;

/** Why an order's units came from where they did: of one line, and over all rows of a group. All are SQL expressions. */
export const explanationOfOne = (facts) => ofSkus(ofSku(facts));
export const explanationOf = (facts) => ofSkus(`string_agg(${ofSku(facts)}, ',')`);
