import { type Asked, type Gate, missing, noGo, type Reason, unfilled, warning } from './gate.js';
import { hostOf, isThisMachine, soundsUnreal } from './names.js';

const urls = ['DATABASE_URL', 'DATABASE_DOOR_URL'] as const;

const ofUrl = (name: string, text: string, viaProxy: boolean): readonly Reason[] => {
  if (!URL.canParse(text)) return [];
  const url = new URL(text);
  const host = hostOf(url);
  const asked = url.searchParams.get('host') ?? host;
  if (isThisMachine(host) || isThisMachine(asked))
    return viaProxy
      ? [warning(name, 'names this machine, on which DATABASE_LOCAL_PROXY says that there is a proxy')]
      : [noGo(name, 'must not name this machine when NODE_ENV is production, unless DATABASE_LOCAL_PROXY is on')];
  return soundsUnreal(host) || soundsUnreal(asked)
    ? [noGo(name, 'must not name a host for tests or development when NODE_ENV is production')]
    : [];
};

const ofName = (name: string, text: string): readonly Reason[] => {
  const database = URL.canParse(text) ? new URL(text).pathname : '';
  return soundsUnreal(database)
    ? [noGo(name, 'must not name a database for tests or development when NODE_ENV is production')]
    : [];
};

const ofProbe = (probe: Asked['probes']['database']): readonly Reason[] => {
  if (probe === undefined) return [];
  if (probe === 'away') return [noGo('database', 'does not answer')];
  const { pending, ahead, undurable } = probe;
  return [
    ...(pending.length > 0 ? [noGo('migrations', `are pending: ${pending.join(', ')}; run "rappit migrate"`)] : []),
    ...(ahead.length > 0 ? [warning('migrations', `of a newer version are there: ${ahead.join(', ')}`)] : []),
    ...undurable.map((setting) => warning(`database setting ${setting}`, 'lets commits be lost that were answered already')),
  ];
};

/** GATE-001: the schema is the one that this version was built for, on a database that is meant for production. */
export const schemaGate: Gate = {
  id: 'GATE-001',
  title: 'Database and schema',
  rule: [
    'DATABASE_URL and DATABASE_DOOR_URL are set. Nothing is embedded, and nothing is migrated by starting.',
    'Neither their hosts nor their databases are called test or development, by whole words: `latest-db` passes, `db.test.example.com` does not.',
    'Their hosts are not this machine, unless DATABASE_LOCAL_PROXY says that a proxy listens there.',
    'No migration is pending. A schema that is ahead is a warning, so that a release can be rolled back.',
  ],
  owns: (variable) => variable.startsWith('DATABASE_'),
  reasons: ({ given, probes }) => [
    ...missing(given, urls),
    ...unfilled(given, urls),
    ...urls.flatMap((name) => [
      ...ofUrl(name, given[name] ?? '', given['DATABASE_LOCAL_PROXY'] === 'on'),
      ...ofName(name, given[name] ?? ''),
    ]),
    ...ofProbe(probes.database),
  ],
};
