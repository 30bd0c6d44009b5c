import { withSecretFiles } from './secret-files.js';

const files: Readonly<Record<string, string>> = { '/run/secrets/jwt': 'wombat that signs\n', '/run/secrets/two': 'a\nb\r\n' };
const read = (path: string): string => {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error('wombat'), { code: 'ENOENT' });
  return text;
};
const names = ['JWT_SECRET', 'SMTP_URL'];

it('reads a variable from the file that another names, without the line break at its end', () => {
  const { given, faults } = withSecretFiles(
    { JWT_SECRET_FILE: '/run/secrets/jwt', SMTP_URL_FILE: '/run/secrets/two' },
    names,
    read,
  );
  expect(given).toMatchObject({ JWT_SECRET: 'wombat that signs', SMTP_URL: 'a\nb' });
  expect(faults).toEqual([]);
});

it('refuses one that is set both ways, and a file that cannot be read, and quotes nothing of them', () => {
  const { given, faults } = withSecretFiles(
    { JWT_SECRET: 'wombat', JWT_SECRET_FILE: '/run/secrets/jwt', SMTP_URL_FILE: '/nowhere/wombat' },
    names,
    read,
  );
  expect(faults).toEqual([
    'JWT_SECRET_FILE: must not be set beside JWT_SECRET',
    'SMTP_URL_FILE: must be a file that can be read (ENOENT)',
  ]);
  expect(given['JWT_SECRET']).toBe('wombat');
});

it('leaves alone what is not set, or no variable of ours', () => {
  expect(withSecretFiles({ JWT_SECRET_FILE: '', LOG_FILE: '/nowhere' }, names, read)).toEqual({
    given: { JWT_SECRET_FILE: '', LOG_FILE: '/nowhere' },
    faults: [],
  });
});
