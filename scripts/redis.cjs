const { spawnSync } = require('node:child_process');
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/** Tests named so need that server on the PATH. Where CI is set they run in any case, and fail when there is none. */
const servers = [
  { binary: 'redis-server', needing: /\.redis\.test\.ts$/ },
  { binary: 'prometheus', needing: /\.prometheus\.test\.ts$/ },
];

const root = join(__dirname, '..');

const isThere = ({ binary }) => spawnSync(binary, ['--version'], { stdio: 'ignore' }).status === 0;

const testsOf = ({ needing }) =>
  ['packages', 'test']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))))
    .filter((file) => needing.test(file) && !/[/\\](?:node_modules|dist)[/\\]/.test(file))
    .sort();

const missing = () => (process.env.CI ? [] : servers.filter((server) => !isThere(server)));

/** The files that a run without these servers leaves out. */
const leftOut = () => missing().flatMap(testsOf);

module.exports = { leftOut };

if (require.main === module) {
  for (const server of missing())
    console.log(
      `There is no ${server.binary} here. Left out:\n${testsOf(server)
        .map((file) => `  ${file}`)
        .join('\n')}`,
    );
}
