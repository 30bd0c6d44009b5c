import type { AllocationPolicy, LocationId } from '@rappit/domain';
import { locationId } from '@rappit/testing/arbitraries';
import { exampleDraft, exampleItem, exampleLine, exampleLocation, exampleSku, inMemory } from '@rappit/testing/fakes';
import { policyLaws } from '@rappit/testing/properties';

type Kilometres = ReadonlyMap<LocationId, number>;

/** The nearest warehouse first, by a table of how far each is from where we deliver. One that isn't in the table comes last. */
const nearestFirst = (table: Kilometres): AllocationPolicy => {
  const distance = (id: LocationId): number => table.get(id) ?? Number.MAX_SAFE_INTEGER;
  return {
    name: 'nearestFirst',
    sequence: (candidates) =>
      candidates.map(({ locationId }) => locationId).sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1)),
  };
};

// How much is taken isn't a policy's business, so that none can oversell. These laws say whether it is a good one; the locations
// of the batches that they make up have numbers, of which three are in this table.
const laws = policyLaws(nearestFirst(new Map([0, 2, 3].map((number) => [locationId(number), 900 - number * 100]))));
for (const law of Object.values(laws)) await law({ runs: 200 });

const kilometres = new Map<LocationId, number>();
const rappit = inMemory({ policy: nearestFirst(kilometres) });
const sku = exampleSku('MUG-1');
await rappit.addItem(rappit.caller, sku, exampleItem('Mug'));
for (const [code, far] of [
  ['LIS', 2310],
  ['POZ', 240],
  ['WAW', 520],
] as const) {
  const warehouse = await rappit.addLocation(rappit.caller, exampleLocation(code));
  if (!warehouse.ok) throw new Error(warehouse.error.code);
  kilometres.set(warehouse.value.id, far);
  await rappit.receiveStock(rappit.caller, { sku, locationId: warehouse.value.id, quantity: 5, reference: null });
}
const order = await rappit.placeOrder(rappit.caller, exampleDraft([exampleLine('MUG-1', 7)]));
if (!order.ok) throw new Error(order.error.code);
const [because] = await rappit.memory.unitOfWork.read(rappit.caller.organizationId, ({ orders }) =>
  orders.allocations(order.value.id),
);
const from = because?.skus.flatMap(({ candidates }) =>
  candidates.map(({ locationId, took }) => `${took} from ${kilometres.get(locationId)} km`),
);
console.log(`${Object.keys(laws).length} laws kept; ${from?.join(', ')}`);
