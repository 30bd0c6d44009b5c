/**
 * How long the model of `@rappit/testing` takes for 10,000 random commands, its invariants checked after each. `npm run bench:model`.
 * The same seed makes the same stories, so that they can be counted. In the time of the processor.
 */
import { anyStory, modelKeepsInvariants } from '@rappit/testing/properties';
import fc from 'fast-check';

const COMMANDS = 10_000;
const TARGET_SECONDS = 10;
const seed = Number(process.env['SEED'] ?? 20_261_123);

const stories = fc.sample(anyStory(30), { numRuns: 2_000, seed });
let commands = 0;
let runs = 0;
while (commands < COMMANDS) {
  commands += stories[runs].steps.length;
  runs += 1;
}

const before = process.cpuUsage();
await modelKeepsInvariants({ runs, seed });
const { user, system } = process.cpuUsage(before);
const seconds = (user + system) / 1e6;
console.log(
  `${commands} commands in ${runs} stories: ${seconds.toFixed(1)} s of the processor; ${TARGET_SECONDS} s for ${COMMANDS} ${seconds < TARGET_SECONDS ? 'kept' : 'not kept'}`,
);
