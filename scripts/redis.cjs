const { spawnSync } = require('node:child_process');
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/** Tests named so need a redis-server on the PATH. Where CI is set they run in any case, and fail when there is none. */
const needsRedis = /\.redis\.test\.ts$/;

const root = join(__dirname, '..');

const hasRedis = () => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

const redisTests = () =>
  ['packages', 'test']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))))
    .filter((file) => needsRedis.test(file) && !/[/\\](?:node_modules|dist)[/\\]/.test(file))
    .sort();

/** The files that a run without Redis leaves out. */
const leftOut = () => (process.env.CI || hasRedis() ? [] : redisTests());

module.exports = { leftOut };

if (require.main === module) {
  const files = leftOut();
  if (files.length > 0) console.log(`There is no redis-server here. Left out:\n${files.map((file) => `  ${file}`).join('\n')}`);
}
