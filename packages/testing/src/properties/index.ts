export {
  type Allocate,
  explanationsAddUp,
  kitsAreWholeAtEachLocation,
  laterRequestsChangeNothing,
  nothingIsPromisedTwice,
  takesAreDemandsLessShortfalls,
  takesBelongToLines,
} from './allocation-laws.js';
export {
  enoughIsGranted,
  policyLaws,
  sequencesIgnoreTheOrderOfCandidates,
  sequencesNameCandidatesOnce,
} from './any-policy-laws.js';
export type { HubUnderTest } from './hub.js';
export { type Law, type LawOptions, law } from './law.js';
export { compareAfterEachStep, modelKeepsInvariants, noOversell } from './no-oversell.js';
export { byPriorityDrawsInOrder, fewestLocationsIsSmallest } from './policy-laws.js';
export { machinesAreWhole, statusFollowsFromLines, statusIgnoresTheCut } from './status-laws.js';
export { anyStory, type Command, type Fault, type Step, type Story, type ToldLine, type ToldOrder } from './story.js';
export {
  accessGrowsByPaymentOrTrial,
  accessNeverOutlivesGrants,
  accessOnlyEndsInSilence,
  anyBillingHistory,
  billingIgnoresTheOrder,
} from './subscription-laws.js';
export {
  deliveredMeansEveryParcel,
  trackingIgnoresTheOrder,
  trackingIsQuietAboutWhatIsKnown,
  trackingNeverGoesBack,
} from './tracking-laws.js';
export {
  digestKeepsItsVectors,
  moneyNeverRounds,
  moneySurvivesItsText,
  quantitiesAreBounded,
  skusAreStable,
} from './value-laws.js';
