export { type GuardOptions, guardedFetch } from './guarded-fetch.js';
export { type Names, publicNames, systemNames } from './names.js';
export { alsoNearby, type GuardPolicy, publicOnly } from './policy.js';
