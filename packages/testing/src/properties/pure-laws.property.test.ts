import { byPriority, fewestLocations } from '@rappit/domain';
import { seed } from '../../../../test/seed.js';
import { sha256 } from '../fakes/index.js';
import {
  byPriorityDrawsInOrder,
  digestKeepsItsVectors,
  explanationsAddUp,
  fewestLocationsIsSmallest,
  kitsAreWholeAtEachLocation,
  laterRequestsChangeNothing,
  machinesAreWhole,
  moneyNeverRounds,
  moneySurvivesItsText,
  nothingIsPromisedTwice,
  policyLaws,
  quantitiesAreBounded,
  skusAreStable,
  statusFollowsFromLines,
  statusIgnoresTheCut,
  takesAreDemandsLessShortfalls,
  takesBelongToLines,
} from './index.js';

const runs = Number(process.env['RUNS'] ?? 100);
process.stdout.write(`pure laws: RUNS=${runs} SEED=${seed}\n`);
jest.setTimeout(300_000 + runs * 200);

describe('the laws of values and decisions', () => {
  const laws = {
    'allocating never takes more than is available': nothingIsPromisedTwice(),
    'the sum of the takes is the demand less the shortfall': takesAreDemandsLessShortfalls(),
    'every take belongs to a line that asks for its SKU': takesBelongToLines(),
    'a kit comes whole from one location': kitsAreWholeAtEachLocation(),
    'the explanation adds up to what was taken': explanationsAddUp(),
    'a request is served without regard to those after it': laterRequestsChangeNothing(),
    'no fewer locations would have everything': fewestLocationsIsSmallest(),
    'the lowest priority number is drawn from first': byPriorityDrawsInOrder(),
    "an order's status follows from its lines": statusFollowsFromLines(),
    'the order and the cut of lines change nothing': statusIgnoresTheCut(),
    'the machines are whole': machinesAreWhole,
    'an amount is read back from its text exactly': moneySurvivesItsText,
    'an amount that would have to be rounded is refused': moneyNeverRounds,
    'a SKU parses to itself': skusAreStable,
    'a quantity is an integer from 1 to a million': quantitiesAreBounded,
    'a digest tells texts apart': digestKeepsItsVectors(sha256),
  };
  it.each(Object.entries(laws))('%s', async (_, law) => {
    await expect(law({ runs, seed })).resolves.toBeUndefined();
  });
});

describe.each([fewestLocations, byPriority])('the policy $name', (policy) => {
  it.each(Object.entries(policyLaws(policy)))('%s', async (_, law) => {
    await expect(law({ runs, seed })).resolves.toBeUndefined();
  });
});
