const { existsSync, readdirSync } = require('node:fs');
const { join, resolve } = require('node:path');

/** Tests named so hold requests against the carriers' own specifications, which we may not hand on. */
const needsSpecs = /\.specs\.test\.ts$/;

const root = join(__dirname, '..');

/** Where RAPPIT_CARRIER_SPECS says, or beside the repository: a folder with `dhl/patched` and `fedex/patched`. */
const folderOfSpecs = () => {
  const named = process.env.RAPPIT_CARRIER_SPECS;
  const folder = named ? resolve(named) : join(root, '..', 'shared', 'carriers');
  if (named && !existsSync(folder)) throw new Error('RAPPIT_CARRIER_SPECS names no folder');
  return existsSync(folder) ? folder : null;
};

const specTests = () =>
  readdirSync(join(root, 'packages/adapters/carriers/src'), { recursive: true })
    .map((file) => join('packages/adapters/carriers/src', String(file)))
    .filter((file) => needsSpecs.test(file))
    .sort();

/** The files that a run without specifications leaves out. */
const leftOutSpecs = () => (folderOfSpecs() ? [] : specTests());

module.exports = { folderOfSpecs, leftOutSpecs };

if (require.main === module) {
  const files = leftOutSpecs();
  if (files.length > 0)
    console.log(`There are no specifications of carriers here. Left out:\n${files.map((file) => `  ${file}`).join('\n')}`);
}
