/** Part of every e-mail, address and name of a customer in our fixtures: a word that nothing else holds. */
export const PERSONAL = 'quokka';
/** Part of every secret in our fixtures. */
export const SECRET = 'wombat';

type Shape = readonly [what: string, shape: RegExp];

const givenSecret: Shape = ['a secret of a fixture', new RegExp(SECRET, 'i')];

/** What may be kept where nobody looks, but never as it is. */
const secrets: readonly Shape[] = [
  givenSecret,
  ['an access token', /\beyJ[\w-]+\.[\w-]+\.[\w-]+/],
  ['an access token of the fakes', /\btoken-\d+\b/],
  ['an API key', /\brpt_[\w-]{30,}/],
  ['a secret of a webhook endpoint', /\bwhsec_[\w+/]{20,}/],
  ['256 random bits', /(?<![\w-])(?=[\w-]*\d)[\w-]{43}(?![\w-])/],
  ['a private key', /-----BEGIN/],
];

/** What belongs in the database, and in no log, metric or refusal. */
const kept: readonly Shape[] = [
  ['somebody’s e-mail, name or address', new RegExp(PERSONAL, 'i')],
  ['an e-mail', /[\w.+-]+@[\w-]+\.\w+/],
  ['the hash of a password', /\$argon2|\bhashed:/],
  ['a seal', /\bv\d+\.[\w-]+\.[\w-]{16}\.|\bsealed:/],
  ['a bearer’s token', /\bBearer (?!realm=)[\w.~+/=-]/i],
];

const AROUND = 40;

const found = (shapes: readonly Shape[], where: string, text: string): readonly string[] =>
  shapes.flatMap(([what, shape]) => {
    const place = text.search(shape);
    return place < 0 ? [] : [`${where} holds ${what}: …${text.slice(Math.max(0, place - AROUND), place + AROUND)}…`];
  });

/** What is in a text that strangers may see, such as a log, and may not be in it. */
export const leaksIn = (where: string, text: string): readonly string[] => found([...secrets, ...kept], where, text);

/** Which secrets that somebody gave us to keep are in an answer: none is ever shown again, to whoever gave it either. */
export const givenSecretsIn = (where: string, text: string): readonly string[] => found([givenSecret], where, text);

/** What is in the database and may not be in it as it is. */
export const secretsIn = (where: string, text: string): readonly string[] => found(secrets, where, text);
