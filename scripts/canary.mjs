/**
 * Rules that nobody breaks rot silently. This breaks each one on purpose, in a small copy of the house, and expects it to
 * complain by its name; and it does what is allowed, and expects silence.
 * A rule without a canary, and a package or slice without a rule, is a failure too.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { biomeAllowed, biomeCanaries, boundaryAllowed, boundaryCanaries, slices, stubLibraries } from './canaries.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const house = mkdtempSync(join(tmpdir(), 'rappit-canary-'));
const problems = [];

const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const write = (path, text) => {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
};
const foldersIn = (path) =>
  readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

const packageFolders = [
  ...['domain', 'testing', 'app'].map((name) => `packages/${name}`),
  ...foldersIn('packages/adapters').map((name) => `packages/adapters/${name}`),
].filter((folder) => existsSync(join(root, folder, 'package.json')));

/** Manifests, empty entries and links are all that the two tools look at. */
const buildPackage = (folder, manifest) => {
  write(`${folder}/package.json`, JSON.stringify(manifest));
  for (const { default: file } of Object.values(manifest.exports ?? {})) {
    const source = file.replace('./dist/', 'src/').replace(/\.js$/, '.ts');
    write(`${folder}/${file}`, 'export const later = async () => {};\n');
    write(`${folder}/${file.replace(/\.js$/, '.d.ts')}`, 'export declare const later: () => Promise<void>;\n');
    write(`${folder}/${source}`, 'export const later = async (): Promise<void> => {};\n');
  }
  mkdirSync(join(house, 'node_modules/@rappit'), { recursive: true });
  symlinkSync(join(house, folder), join(house, 'node_modules', manifest.name));
};

const buildHouse = () => {
  for (const file of ['.dependency-cruiser.cjs', 'biome.json', 'scripts/lint', 'package.json']) {
    cpSync(join(root, file), join(house, file), { recursive: true });
  }
  for (const folder of packageFolders) buildPackage(folder, read(`${folder}/package.json`));
  const entry = { types: './dist/index.d.ts', default: './dist/index.js' };
  buildPackage('packages/adapters/stranger', { name: '@rappit/stranger', type: 'module', exports: { '.': entry } });
  for (const slice of slices) write(`packages/domain/src/${slice}/index.ts`, 'export {};\n');
  for (const name of stubLibraries) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'module.exports = {};\n');
  }
};

const run = (tool, args) => {
  const bin = join(root, 'node_modules/.bin', tool);
  const { stdout, stderr, error } = spawnSync(bin, args, { cwd: house, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw error;
  return { stdout, stderr };
};

/** file -> names of the boundary rules it breaks */
const boundariesBroken = () => {
  const { stdout, stderr } = run('depcruise', ['packages', '--output-type', 'json']);
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not answer:\n${stderr}`);
  const broken = new Map();
  for (const { from, to, rule } of JSON.parse(stdout).summary.violations) {
    for (const file of new Set([from, to])) broken.set(file, (broken.get(file) ?? new Set()).add(rule.name));
  }
  return broken;
};

/** file -> names of the lint rules it breaks; a plugin's message begins with its name */
const lintBroken = () => {
  const { stdout, stderr } = run('biome', ['lint', '--reporter=json', '--max-diagnostics=none', 'packages']);
  const start = stdout.indexOf('{');
  if (start < 0) throw new Error(`biome did not answer:\n${stderr}`);
  const broken = new Map();
  for (const { category, message, description, location } of JSON.parse(stdout.slice(start)).diagnostics) {
    const text = String(description ?? message);
    const rule = category === 'plugin' ? text.split(':')[0] : category.split('/').at(-1);
    const file = typeof location.path === 'string' ? location.path : location.path.file;
    broken.set(file, (broken.get(file) ?? new Set()).add(rule));
  }
  return broken;
};

const judge = ({ tool, rules, canaries, allowed, broken, ignored = [] }) => {
  console.log(`\n${tool}`);
  for (const rule of rules) {
    const own = canaries.filter((canary) => canary.rule === rule);
    const silent = own.filter(({ file }) => !broken.get(file)?.has(rule));
    if (own.length === 0) problems.push(`${tool}: ${rule} has no canary in scripts/canaries.mjs.`);
    for (const { file } of silent) problems.push(`${tool}: ${rule} did not fire for ${file}.`);
    const verdict = own.length === 0 ? 'NO CANARY' : silent.length > 0 ? 'SILENT' : 'fired';
    console.log(`  ${rule.padEnd(40)} ${verdict}${own.length > 1 ? `, ${own.length} ways` : ''}`);
  }
  for (const { rule } of canaries)
    if (!rules.includes(rule)) problems.push(`${tool}: there is a canary for ${rule}, but no such rule.`);
  for (const { file } of allowed) {
    const fired = [...(broken.get(file) ?? [])].filter((rule) => !ignored.includes(rule));
    if (fired.length > 0) problems.push(`${tool}: ${file} is allowed, but ${fired.join(', ')} fired.`);
  }
  console.log(`  ${String(allowed.length).padEnd(40)} allowed things tried`);
};

const everythingHasARule = (rules) => {
  const expected = [
    ...packageFolders.map((folder) => `package-${basename(folder)}`),
    ...foldersIn('packages/domain/src').map((name) => `slice-${name}`),
  ];
  for (const rule of expected)
    if (!rules.includes(rule)) problems.push(`There is no rule ${rule}: give it a row in .dependency-cruiser.cjs.`);
};

try {
  buildHouse();
  for (const { file, code, others = {} } of [...boundaryCanaries, ...boundaryAllowed, ...biomeCanaries, ...biomeAllowed]) {
    for (const [path, text] of Object.entries({ ...others, [file]: code })) write(path, `${text}\n`);
  }

  const boundaryRules = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')).forbidden.map(({ name }) => name);
  everythingHasARule(boundaryRules);
  judge({
    tool: 'dependency-cruiser',
    rules: boundaryRules,
    canaries: boundaryCanaries,
    allowed: boundaryAllowed,
    broken: boundariesBroken(),
    // Nothing imports a canary.
    ignored: ['no-orphans'],
  });

  const { plugins, linter, overrides } = read('biome.json');
  const groups = [linter, ...overrides.map((override) => override.linter)].flatMap(({ rules }) => Object.values(rules));
  const chosen = groups.flatMap((group) => (typeof group === 'object' ? Object.entries(group) : []));
  judge({
    tool: 'biome',
    rules: [
      ...plugins.map((plugin) => basename(plugin.path ?? plugin, '.grit')),
      ...chosen.flatMap(([name, level]) => (level === 'off' ? [] : [name])),
    ],
    canaries: biomeCanaries,
    allowed: biomeAllowed,
    broken: lintBroken(),
  });
} finally {
  rmSync(house, { recursive: true, force: true });
}

if (problems.length > 0) {
  console.error(`\n${problems.join('\n')}`);
  process.exitCode = 1;
}
