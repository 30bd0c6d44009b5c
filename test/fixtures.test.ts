import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERSONAL, SECRET } from './markers.js';

const root = join(import.meta.dirname, '..');

/** What only tests use, of all packages, and what `@rappit/testing` gives to the tests of others. */
const isOfTests = /\.test(?:-kit)?\.ts$|^packages\/testing\/src\/|^test\//;
/** What says what a leak looks like has to show some that carry no mark. */
const unmarked = ['packages/app/src/http/leaks.test.ts', 'test/fixtures.test.ts'];

const texts = ['packages', 'test']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => isOfTests.test(file) && /\.ts$/.test(file) && !/node_modules|\/dist\//.test(file) && !unmarked.includes(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Of Shopify's own sample, which is read where it lies beside the repository; and whom mail of ours comes from. */
const nobodys = ['jon@doe.ca', '123 Shipping Street', 'no-reply@rappit.example'];

type Found = { readonly file: string; readonly found: string };

/** Whatever is found by a pattern, in its group, and carries no mark. A literal of `repeat` is no word, and interpolated marks are marks. */
const lackingMark = (pattern: RegExp, mark: RegExp): readonly Found[] =>
  texts.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].flatMap(([, found = '']) =>
      mark.test(found) || nobodys.includes(found) ? [] : [{ file, found }],
    ),
  );

const personal = new RegExp(`${PERSONAL}|PERSONAL`, 'i');
const secret = new RegExp(`${SECRET}|SECRET|PASSWORD|^rpt_`, 'i');

/** What looks like an e-mail may be the end of a URL's password. */
const anyMark = new RegExp(`${personal.source}|${secret.source}`, 'i');

const mails = /(?<![\w:/@-])([\w.+${}()-]+@[\w${}()-]+(?:\.[\w${}()-]+)*\.[a-z]+)/gi;
const streets = /\b(?:address1|street|lines)['"]?: \[?['`]([^'`]{4,})['`]/g;
const secrets =
  /\b(?:\w*(?:[pP]assword|[sS]ecret|_SECRET|PASSWORD)|(?:api|access|auth)_?[kK]ey|metricsToken)['"]?(?::| =) ['`]([^'`]+)['`](?!\.repeat)/g;
const logins = /:\/\/[\w.-]*:([^@\s'"`/]+)@/g;

/** The scan of logs, metrics and refusals knows what may not be in them by these marks (markers.ts). */
describe('every fixture carries a mark, so that one that leaks is found', () => {
  it.each([
    ['e-mail', mails, anyMark],
    ['street', streets, personal],
    ['password, secret and key', secrets, secret],
    ['login of a URL', logins, secret],
  ])('in each %s', (_, pattern, mark) => {
    expect(lackingMark(pattern, mark)).toEqual([]);
    expect(lackingMark(pattern, /never/).length).toBeGreaterThan(3);
  });

  it.each([
    [`email: 'mina@example.com'`, mails],
    [`email: \`mina-\${count}@shop.example\``, mails],
    [`lines: ['Sandweg 12']`, streets],
    [`address1: 'Sandweg 12'`, streets],
    [`webhookSecret: 'hunter2'`, secrets],
    [`const PASSWORD = 'correct horse'`, secrets],
    [`apiKey: 'abc'`, secrets],
    [`url: 'postgresql://rappit:hunter2@db'`, logins],
  ])('which is missed in %s', (text, pattern) => {
    const [, found = ''] = [...text.matchAll(pattern)][0] ?? [];
    expect(found).not.toBe('');
    expect(found).not.toMatch(anyMark);
  });
});
