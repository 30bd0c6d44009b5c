export {
  explanationsAddUp,
  laterRequestsChangeNothing,
  nothingIsPromisedTwice,
  takesAreDemandsLessShortfalls,
  takesBelongToLines,
  type Allocate,
} from './allocation-laws.js';
export { law, type Law, type LawOptions } from './law.js';
export { byPriorityDrawsInOrder, fewestLocationsIsSmallest } from './policy-laws.js';
export { machinesAreWhole, statusFollowsFromLines, statusIgnoresTheCut } from './status-laws.js';
export { digestKeepsItsVectors, moneyNeverRounds, moneySurvivesItsText, quantitiesAreBounded, skusAreStable } from './value-laws.js';
