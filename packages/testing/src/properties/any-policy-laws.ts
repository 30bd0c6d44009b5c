import { type AllocationPolicy, type AllocationRequest, allocate, type Candidate, type Shelf, type Sku } from '@rappit/domain';
import fc from 'fast-check';
import { anyRequests, anyShelves, anySkus } from '../arbitraries/index.js';
import { expectEqual, expectThat } from '../contracts/expecting.js';
import {
  type Allocate,
  explanationsAddUp,
  laterRequestsChangeNothing,
  nothingIsPromisedTwice,
  takesAreDemandsLessShortfalls,
  takesBelongToLines,
} from './allocation-laws.js';
import { type Law, law } from './law.js';

/** What a policy was asked. */
type Question = { readonly candidates: readonly Candidate[]; readonly wanted: ReadonlyMap<Sku, number> };

type Batch = { readonly shelves: readonly Shelf[]; readonly requests: readonly AllocationRequest[] };

const batches = (): fc.Arbitrary<Batch> =>
  anySkus().chain((skus) => fc.record({ shelves: anyShelves(skus), requests: anyRequests(skus) }));

/** Every question that serving the batch asks of the policy. */
const questionsOf = ({ shelves, requests }: Batch, policy: AllocationPolicy): readonly Question[] => {
  const questions: Question[] = [];
  const listening: AllocationPolicy = {
    name: policy.name,
    sequence: (candidates, wanted) => {
      questions.push({ candidates: [...candidates], wanted: new Map(wanted) });
      return policy.sequence(candidates, wanted);
    },
  };
  allocate(shelves, requests, listening);
  return questions;
};

/** A sequence names candidates and nothing else, none of them twice. It may leave some out. */
export const sequencesNameCandidatesOnce = (policy: AllocationPolicy): Law =>
  law('a policy names candidates, each once', batches(), (batch) => {
    for (const { candidates, wanted } of questionsOf(batch, policy)) {
      const named = policy.sequence(candidates, wanted);
      const known = new Set(candidates.map(({ locationId }) => locationId));
      expectThat(
        named.every((id) => known.has(id)),
        `${named.join()} are candidates, of ${[...known].join()}`,
      );
      expectEqual(new Set(named).size, named.length, 'the different locations that are named');
    }
  });

/** Nobody promises in which order candidates are handed in: another order has the same outcome. */
export const sequencesIgnoreTheOrderOfCandidates = (policy: AllocationPolicy): Law =>
  law('a policy does not look at the order in which candidates are handed in', batches(), (batch) => {
    for (const { candidates, wanted } of questionsOf(batch, policy)) {
      const sequence = policy.sequence(candidates, wanted);
      expectEqual(policy.sequence([...candidates].reverse(), wanted), sequence, 'the sequence for candidates in reverse');
      const turned = [...candidates.slice(1), ...candidates.slice(0, 1)];
      expectEqual(policy.sequence(turned, wanted), sequence, 'the sequence for candidates that begin with the second');
    }
  });

/** A request for which there is enough somewhere is granted. A policy that keeps away from some locations on purpose breaks this one. */
export const enoughIsGranted = (policy: AllocationPolicy): Law =>
  law('an order for which there is enough is granted', batches(), ({ shelves, requests }) => {
    const whatever: AllocationPolicy = {
      name: 'all',
      sequence: (candidates) => candidates.map(({ locationId }) => locationId),
    };
    for (const request of requests) {
      const [ours] = allocate(shelves, [request], policy);
      const [theirs] = allocate(shelves, [request], whatever);
      expectEqual(ours?.shortfalls, theirs?.shortfalls, 'what is short');
    }
  });

/** Every law that a policy of one's own keeps, and the laws of allocating under it, by name. */
export const policyLaws = (policy: AllocationPolicy): Readonly<Record<string, Law>> => {
  const allocating: Allocate = (shelves, requests) => allocate(shelves, requests, policy);
  return {
    'names candidates, each once': sequencesNameCandidatesOnce(policy),
    'does not look at the order in which candidates are handed in': sequencesIgnoreTheOrderOfCandidates(policy),
    'grants an order for which there is enough': enoughIsGranted(policy),
    'never takes more than is available': nothingIsPromisedTwice(allocating),
    'gives what is asked for, less what is short': takesAreDemandsLessShortfalls(allocating),
    'gives to lines what they ask for': takesBelongToLines(allocating),
    'is explained by what it did': explanationsAddUp(allocating),
    'serves a request without regard to those after it': laterRequestsChangeNothing(allocating),
  };
};
