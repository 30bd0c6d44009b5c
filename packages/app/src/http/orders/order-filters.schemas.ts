import type { OrderFilter, SavedOrderFilter } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf, pageQuery } from '../pages.js';
import { closed, component, moment, text, uuid } from '../vocabulary.schemas.js';
import { orderCriteria } from './orders.schemas.js';

const Criteria = component(
  'OrderCriteria',
  Type.Object(orderCriteria, { ...closed, description: 'As the list of orders takes them in its query.' }),
);
const name = text(100, { description: "Unique among the member's own." });

export const NewOrderFilter = component('NewOrderFilter', Type.Object({ name, filter: Criteria.ref }, closed));
export const OrderFilterChange = component(
  'OrderFilterChange',
  Type.Object({ name: Type.Optional(name), filter: Type.Optional(Criteria.ref) }, { ...closed, minProperties: 1 }),
);
export const OrderFilterView = component(
  'OrderFilter',
  Type.Object({ id: uuid, name, filter: Criteria.ref, createdAt: moment }, closed),
);
export const OrderFilterPage = component('OrderFilterPage', pageOf(OrderFilterView.ref));
export const orderFilterComponents = [Criteria, NewOrderFilter, OrderFilterChange, OrderFilterView, OrderFilterPage];
export const orderFilterQuery = Type.Object(pageQuery, closed);

type Stated<Facts> = { readonly [Name in keyof Facts]?: Exclude<Facts[Name], undefined> };
/** Without what isn't there. */
const stated = <Facts extends object>(facts: Facts): Stated<Facts> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Stated<Facts>;

const criteriaView = ({ from, to, oldestFirst, ...texts }: OrderFilter): Static<typeof Criteria.ref> => ({
  ...stated(texts),
  ...(from && { from: from.toISOString() }),
  ...(to && { to: to.toISOString() }),
  ...(oldestFirst && { sort: 'oldest' as const }),
});

export const savedFilterView = ({ id, name, filter, createdAt }: SavedOrderFilter): Static<typeof OrderFilterView.ref> => ({
  id,
  name,
  filter: criteriaView(filter),
  createdAt,
});
