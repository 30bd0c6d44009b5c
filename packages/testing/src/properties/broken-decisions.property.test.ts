import { type AllocationPolicy, allocate, byPriority, fewestLocations, LocationId } from '@rappit/domain';
import { sha256 } from '../fakes/index.js';
import {
  type Allocate,
  byPriorityDrawsInOrder,
  digestKeepsItsVectors,
  enoughIsGranted,
  explanationsAddUp,
  fewestLocationsIsSmallest,
  kitsAreWholeAtEachLocation,
  type Law,
  laterRequestsChangeNothing,
  nothingIsPromisedTwice,
  sequencesIgnoreTheOrderOfCandidates,
  sequencesNameCandidatesOnce,
  statusFollowsFromLines,
  statusIgnoresTheCut,
  takesAreDemandsLessShortfalls,
  takesBelongToLines,
} from './index.js';

const eachAlone: Allocate = (shelves, requests, policy) => requests.flatMap((request) => allocate(shelves, [request], policy));

const lineByLine: Allocate = (shelves, requests, policy) =>
  requests.map((request) => {
    const [whole] = allocate(shelves, [request], policy);
    const lines = request.demands.flatMap((demand) => allocate(shelves, [{ ...request, demands: [demand] }], policy));
    if (!whole) throw new Error('one request has one allocation');
    return { ...whole, granted: true, takes: lines.flatMap(({ takes }) => takes) };
  });

const generous: Allocate = (shelves, requests, policy) =>
  allocate(shelves, requests, policy).map((one) => ({
    ...one,
    takes: one.takes.map((take) => ({ ...take, quantity: take.quantity + 1 })),
  }));

const halfRefusing: Allocate = (shelves, requests, policy) => {
  const taken = allocate(
    shelves,
    requests.map((request) => ({ ...request, onShortage: 'backorder' as const })),
    policy,
  );
  return taken.map((one, index) => ({
    ...one,
    granted: requests[index]?.onShortage === 'backorder' || one.shortfalls.length === 0,
  }));
};

const largestFirst: Allocate = (shelves, requests, policy) => {
  const order = requests
    .map((request, index) => ({ request, index }))
    .sort((a, b) => b.request.demands.length - a.request.demands.length);
  const allocated = allocate(
    shelves,
    order.map(({ request }) => request),
    policy,
  );
  return requests.flatMap((_, index) => allocated[order.findIndex((one) => one.index === index)] ?? []);
};

const strangers: Allocate = (shelves, requests, policy) =>
  allocate(shelves, requests, policy).map((one) => ({ ...one, takes: one.takes.map((take) => ({ ...take, lineId: 'nobody' })) }));

const silent: Allocate = (shelves, requests, policy) =>
  allocate(shelves, requests, policy).map((one) => ({
    ...one,
    explanation: { ...one.explanation, skus: one.explanation.skus.map((sku) => ({ ...sku, candidates: [] })) },
  }));

/** Collects each component wherever it is. */
const scattering: Allocate = (shelves, requests, policy) => {
  const parts = requests.map((request) => ({
    ...request,
    demands: request.demands.flatMap(({ components, ...line }) =>
      components ? components.map(({ sku, quantity }) => ({ ...line, sku, quantity: quantity * line.quantity })) : [line],
    ),
  }));
  return allocate(shelves, parts, policy).map((one, index) => ({
    ...one,
    takes: one.takes.map((take) => {
      const kit = requests[index]?.demands.find(({ lineId }) => lineId === take.lineId)?.components;
      const part = kit?.find(({ sku }) => sku === take.sku);
      return part ? { ...take, unitQuantity: part.quantity } : take;
    }),
  }));
};

const backwards: AllocationPolicy = { name: 'backwards', sequence: (...about) => [...byPriority.sequence(...about)].reverse() };

const asHandedIn: AllocationPolicy = {
  name: 'asHandedIn',
  sequence: (candidates) => candidates.map(({ locationId }) => locationId),
};
const stammering: AllocationPolicy = {
  name: 'stammering',
  sequence: (...about) => byPriority.sequence(...about).flatMap((id) => [id, id]),
};
const elsewhere: AllocationPolicy = { name: 'elsewhere', sequence: () => [LocationId('nowhere')] };
const onlyOne: AllocationPolicy = { name: 'onlyOne', sequence: (...about) => byPriority.sequence(...about).slice(0, 1) };

const broken: readonly (readonly [what: string, law: Law])[] = [
  ['allocation that looks at each order alone', nothingIsPromisedTwice(eachAlone)],
  ['allocation in which two lines of one SKU both win', nothingIsPromisedTwice(lineByLine)],
  ['allocation that gives one more', nothingIsPromisedTwice(generous)],
  ['allocation that gives a refused order something', takesAreDemandsLessShortfalls(halfRefusing)],
  ['allocation for lines that nobody asked for', takesBelongToLines(strangers)],
  ['allocation that collects the parts of a kit wherever they are', kitsAreWholeAtEachLocation(scattering)],
  ['allocation that serves the largest order first', laterRequestsChangeNothing(largestFirst)],
  ['explanation that leaves the locations out', explanationsAddUp(silent)],
  ['policy that sends many parcels', fewestLocationsIsSmallest(byPriority)],
  ['policy that prefers far locations', fewestLocationsIsSmallest(backwards)],
  ['policy that draws backwards', byPriorityDrawsInOrder(backwards)],
  ['policy that looks at parcels instead of priorities', byPriorityDrawsInOrder(fewestLocations)],
  ['policy that goes by the order of its candidates', sequencesIgnoreTheOrderOfCandidates(asHandedIn)],
  ['policy that names a location twice', sequencesNameCandidatesOnce(stammering)],
  ['policy that names a location that has nothing', sequencesNameCandidatesOnce(elsewhere)],
  ['policy that never sends two parcels', enoughIsGranted(onlyOne)],
  [
    'status that forgets what was shipped',
    statusFollowsFromLines((lines) => (lines.some(({ backordered }) => backordered > 0) ? 'backordered' : 'reserved')),
  ],
  [
    'status of the first line only',
    statusIgnoresTheCut(([first]) => (first && first.backordered > 0 ? 'backordered' : 'reserved')),
  ],
  ['digest that is always the same', digestKeepsItsVectors(() => '')],
  ['digest of the first characters', digestKeepsItsVectors((text) => sha256(text.slice(0, 5)))],
];

describe('the laws notice', () => {
  it.each(broken)('%s', async (_, law) => {
    await expect(law({ seed: 7, runs: 1_000 })).rejects.toThrow(/is broken: .*seed: 7, path: .*smallest case: /s);
  });
});
