const { readdirSync, readFileSync, existsSync } = require('node:fs');
const { join } = require('node:path');
const { folderOfSpecs, leftOutSpecs } = require('./scripts/carrier-specs.cjs');
const { leftOut } = require('./scripts/redis.cjs');

// The workers inherit it.
process.env.RAPPIT_CARRIER_SPECS = folderOfSpecs() ?? '';

const at = (folder) => readdirSync(join(__dirname, folder)).map((name) => join(folder, name));
const packages = [...at('packages'), ...at('packages/adapters')].filter((folder) =>
  existsSync(join(__dirname, folder, 'package.json')),
);

/** `@rappit/x/y` -> the source behind that export, read from the packages themselves so that no list can fall behind. */
const sources = {};
for (const folder of packages) {
  const { name, exports } = JSON.parse(readFileSync(join(__dirname, folder, 'package.json'), 'utf8'));
  for (const [subpath, target] of Object.entries(exports ?? {})) {
    const file = target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts');
    sources[`^${name}${subpath.slice(1)}$`] = join('<rootDir>', folder, file);
  }
}

/** Tests named so take minutes: they are run by a script of their own, which says so. */
const leftOutLong = () => (process.env.RAPPIT_LONG_TESTS ? [] : ['\\.long\\.test\\.ts$']);

// jest 30 on Node 20 and 22 can't require() these, because they are published as ES modules only.
const esModulesOnly = ['inversify', '@inversifyjs', 'typebox'];

const compiled = (parser) => [
  '@swc/jest',
  { swcrc: false, jsc: { parser, target: 'es2023', keepClassNames: true }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
];

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/packages/**/src/**/*.test.ts', '<rootDir>/test/**/*.test.ts', '<rootDir>/docs/examples/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...leftOutLong(), ...[...leftOut(), ...leftOutSpecs()].map((file) => `/${file}$`)],
  modulePathIgnorePatterns: ['<rootDir>/packages/.*/dist/', '<rootDir>/tmp/'],
  moduleNameMapper: { ...sources, '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': compiled({ syntax: 'typescript' }),
    '\\.m?js$': compiled({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulesOnly.join('|')})/)`],
  setupFiles: [require.resolve('reflect-metadata', { paths: [join(__dirname, 'packages/app')] })],
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  collectCoverageFrom: ['packages/**/src/**/*.ts', '!**/*.test.ts'],
  // Two workers are what the smallest machines of CI have.
  maxWorkers: 2,
  // Only what hangs takes as long: on a machine that is busy with other things, seconds become minutes.
  testTimeout: 1_200_000,
};
