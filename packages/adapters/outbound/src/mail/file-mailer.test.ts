import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailerContract, runContract } from '@rappit/testing/contracts';
import { fileMailer } from './file-mailer.js';
import { exampleMail, links, readMessage, TOKEN } from './mail.test-kit.js';

const from = 'Rappit <no-reply@localhost>';
const made: string[] = [];
const freshFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'rappit-mail-'));
  made.push(folder);
  return join(folder, 'mail');
};
afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true });
});

const messagesIn = async (folder: string): Promise<readonly string[]> =>
  Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name), 'utf8')));

runContract({ describe, it }, 'fileMailer', {
  cases: mailerContract,
  make: async () => {
    const folder = await freshFolder();
    return {
      mailer: fileMailer({ folder, from, links }),
      arrived: async () => (await messagesIn(folder)).map((message) => /^To: (.*)$/m.exec(message)?.[1]?.trim() ?? ''),
      // A file in the folder's place.
      breakDown: () => writeFile(folder, ''),
      mend: () => rm(folder),
    };
  },
});

it('writes what a mail program opens, for nobody but the owner to read, and says where', async () => {
  const folder = await freshFolder();
  const paths: string[] = [];
  const mailer = fileMailer({ folder, from, links, written: (path) => paths.push(path) });
  for (const _ of [1, 2]) await mailer.send(exampleMail());
  const [path = '', again] = paths;
  expect(again).toBe(path);
  expect(path.endsWith('-resetPassword.eml')).toBe(true);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(readMessage(await readFile(path, 'utf8')).parts[0]).toContain(TOKEN);
});
