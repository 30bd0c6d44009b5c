import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Manifest = {
  readonly license?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
};

const root = join(import.meta.dirname, '../..');
const manifestAt = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

const folders = ['packages', 'packages/adapters']
  .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
  .filter((folder) => existsSync(join(folder, 'package.json')));

const declared = new Map<string, Set<string>>();
for (const { dependencies, devDependencies, optionalDependencies, peerDependencies } of [root, ...folders].map(manifestAt)) {
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
    ...peerDependencies,
  })) {
    if (!name.startsWith('@rappit/')) declared.set(name, (declared.get(name) ?? new Set()).add(version));
  }
}

const entries = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const found = /^- (?<names>\*\*.+?\*\*) \((?<licence>[^)]+)\): (?<reason>.+)$/.exec(line)?.groups;
    if (!found) return [];
    const names = [...(found['names'] ?? '').matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name ?? '');
    return names.map((name) => ({ name, licence: found['licence'], reason: found['reason'] ?? '' }));
  });

describe('docs/dependencies.md', () => {
  it('names every direct dependency once, and nothing else', () => {
    expect(entries.map(({ name }) => name).sort()).toEqual([...declared.keys()].sort());
  });

  it('states the licence of each as its own package.json does', () => {
    const installed = entries.filter(({ name }) => existsSync(join(root, 'node_modules', name)));
    expect(installed.length).toBeGreaterThan(30);
    for (const { name, licence } of installed) {
      expect(`${name}: ${licence}`).toBe(`${name}: ${manifestAt(join(root, 'node_modules', name)).license}`);
    }
  });

  it('gives a reason for each, in at least one sentence', () => {
    for (const { name, reason } of entries) expect(`${name}: ${reason}`).toMatch(/: .{20,}\.$/);
  });
});

describe('the versions of dependencies', () => {
  it('are exact, and the same in every package', () => {
    for (const [name, versions] of declared) {
      expect([name, ...versions]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    }
  });
});
