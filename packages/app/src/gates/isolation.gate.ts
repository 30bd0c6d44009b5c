import { type Asked, type Gate, isSet, missing, noGo, type Reason, unfilled, warning } from './gate.js';

/** Texts that stand for a secret in examples all over the world, so that anybody would try them. */
const known: ReadonlySet<string> = new Set([
  'dev-secret-change-me',
  'your-256-bit-secret',
  'your-super-secret-jwt-key-change-this-in-production',
  'strong-random-secret-256-bits',
  'this-is-a-very-long-and-secure-jwt-secret-key',
]);
const phrases =
  /(^|[^a-z])(change[^a-z]?(me|this|it)|replace[^a-z]?(me|this|it)|your[^a-z]?(super[^a-z]?)?secret|not[^a-z]?a[^a-z]?secret)([^a-z]|$)/;
/** A text of 256 random bits, however written, has more different characters. */
const FEWEST_CHARACTERS = 8;

const isKnown = (secret: string): boolean => {
  const text = secret.toLowerCase();
  return known.has(text) || phrases.test(text) || new Set(text).size < FEWEST_CHARACTERS;
};

const ofKeys = ({ given }: Asked): readonly Reason[] => [
  ...missing(given, ['JWT_SECRET']),
  ...(isSet(given, 'CREDENTIAL_KEY') || isSet(given, 'CREDENTIAL_KEYS') ? [] : missing(given, ['CREDENTIAL_KEY'])),
  ...['JWT_SECRET', 'JWT_PREVIOUS_SECRET']
    .filter((name) => isSet(given, name) && isKnown(given[name] ?? ''))
    .map((name) => noGo(name, 'must be random: this one can be guessed')),
  ...(isSet(given, 'CREDENTIAL_KEY') && new Set(Buffer.from(given['CREDENTIAL_KEY'] ?? '', 'base64')).size < FEWEST_CHARACTERS
    ? [noGo('CREDENTIAL_KEY', 'must be random: this one can be guessed')]
    : []),
];

const ofOrigins = ({ given }: Asked): readonly Reason[] =>
  (given['CORS_ORIGINS'] ?? '').split(',').some((origin) => origin.trim() === '*')
    ? [noGo('CORS_ORIGINS', 'must name each origin when NODE_ENV is production')]
    : [];

const ofMail = ({ given }: Asked): readonly Reason[] => [
  ...(given['SIGN_UP'] === 'immediate'
    ? []
    : ['SMTP_URL', 'APP_URL']
        .filter((name) => !isSet(given, name))
        .map((name) => noGo(name, 'must be set when NODE_ENV is production, unless SIGN_UP is immediate'))),
  ...(/^http:/.test(given['APP_URL'] ?? '') ? [warning('APP_URL', 'leads over http://, and links in mails hold secrets')] : []),
];

const ofProbe = ({ database }: Asked['probes']): readonly Reason[] =>
  database === undefined || database === 'away'
    ? []
    : [
        ...database.mightyRoles.map((role) =>
          noGo(`database role ${role}`, 'owns tables, is a superuser or bypasses row-level security'),
        ),
        ...database.unforcedTables.map((table) => noGo(`table ${table}`, 'has no forced row-level security')),
      ];

/** GATE-003: nobody gets in who isn't somebody, and no organization sees another. */
export const isolationGate: Gate = {
  id: 'GATE-003',
  title: 'Isolation of organizations',
  rule: [
    'JWT_SECRET has 256 bits or more and is none that can be guessed. CREDENTIAL_KEY, or CREDENTIAL_KEYS, is set.',
    'CORS_ORIGINS names each origin: no `*`.',
    'Whoever signs up is sent a link (SMTP_URL, APP_URL), so that nobody learns whose address has an account, unless SIGN_UP is `immediate`.',
    'The roles of DATABASE_URL and DATABASE_DOOR_URL own nothing and cannot look past row-level security, which is forced on every table of a tenant.',
  ],
  owns: (variable) => /^(JWT_|CREDENTIAL_|CORS_|SMTP_URL|APP_URL|MAIL_FROM|SIGN_UP)/.test(variable),
  reasons: (asked) => [
    ...ofKeys(asked),
    ...unfilled(asked.given, ['JWT_SECRET', 'JWT_PREVIOUS_SECRET']),
    ...ofOrigins(asked),
    ...ofMail(asked),
    ...ofProbe(asked.probes),
  ],
};
