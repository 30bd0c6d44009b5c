import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const quoted = [...page.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '');

describe('docs/security.md', () => {
  it('names only files that exist', () => {
    const files = quoted.filter((text) => /^(?:packages|test|docs)\/\S+\.\w+$/.test(text));
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('names only commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const commands = quoted.flatMap((text) => /^npm run (\S+)/.exec(text)?.[1] ?? []);
    expect(commands.length).toBeGreaterThan(3);
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
  });

  it('is linked from the README, and links the tables of permissions and of doors', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('`docs/security.md`');
    expect(quoted).toEqual(expect.arrayContaining(['docs/permissions.md', 'docs/doors.md']));
  });
});
