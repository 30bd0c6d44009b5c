/** A comma that isn't within parentheses. */
const partsOf = (list: string): readonly string[] => {
  const parts = [''];
  let depth = 0;
  for (const character of list) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
};

/** What each clause of ALTER TABLE makes PostgreSQL read or write every row for, while nobody may write meanwhile. */
const slow: readonly (readonly [what: string, clause: RegExp, unless?: RegExp])[] = [
  ['checks every row for a foreign key', /^ADD (CONSTRAINT \w+ )?FOREIGN KEY/i, /NOT VALID/i],
  ['checks every row', /^ADD (CONSTRAINT \w+ )?CHECK/i, /NOT VALID/i],
  ['makes an index', /^ADD (CONSTRAINT \w+ )?(UNIQUE|PRIMARY KEY|EXCLUDE)/i, /USING INDEX/i],
  [
    'checks every row of a new column',
    /^ADD (COLUMN )?(?!CONSTRAINT|CHECK|FOREIGN|UNIQUE|PRIMARY|EXCLUDE).*\b(REFERENCES|CHECK|UNIQUE|PRIMARY KEY)\b/is,
  ],
  ['writes every row', /^ADD (COLUMN )?(?!CONSTRAINT).*\b(GENERATED|DEFAULT (gen_random_uuid|clock_timestamp|random)\b)/is],
  ['fails where there are rows', /^ADD (COLUMN )?(?!CONSTRAINT).*\bNOT NULL\b/is, /\b(DEFAULT|GENERATED)\b/i],
  ['writes every row', /^ALTER (COLUMN )?\w+ (SET DATA )?TYPE\b/i],
  ['checks every row', /^ALTER (COLUMN )?\w+ SET NOT NULL/i],
];

/**
 * What a migration does to tables that were there before it, for which PostgreSQL locks out whoever writes until it has been through every
 * row: those who place orders would wait for as long. A table that the migration makes itself has no rows.
 */
export const locksOf = (sql: string): readonly string[] => {
  const statements = sql
    .replace(/--.*$/gm, '')
    .replace(/\s+/g, ' ')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  const own = new Set(statements.flatMap((one) => /^CREATE TABLE (?:IF NOT EXISTS )?(\w+)/i.exec(one)?.[1] ?? []));
  const isOld = (table: string | undefined): table is string => table !== undefined && !own.has(table);
  return statements.flatMap((statement) => {
    const index = /^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY\b)(?:IF NOT EXISTS )?(?:\w+ )?ON (?:ONLY )?(\w+)/i.exec(
      statement,
    )?.[1];
    if (isOld(index)) return [`${index}: makes an index`];
    const locked = /^LOCK (?:TABLE )?(\w+)/i.exec(statement)?.[1];
    if (isOld(locked)) return [`${locked}: is locked`];
    const [, table, clauses = ''] = /^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(\w+) (.*)$/i.exec(statement) ?? [];
    if (!isOld(table)) return [];
    return partsOf(clauses).flatMap((clause) =>
      slow.flatMap(([what, does, unless]) => (does.test(clause) && !unless?.test(clause) ? [`${table}: ${what}`] : [])),
    );
  });
};
