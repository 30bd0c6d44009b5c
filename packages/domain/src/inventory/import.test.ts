import { evolveImport, type Import, ImportId, importStates, importTransitions } from './import.js';

const found: Import = {
  id: ImportId('import'),
  kind: 'items',
  dryRun: false,
  state: 'receiving',
  header: ['sku'],
  actor: { kind: 'user', id: 'u1', name: 'Ada' },
  rows: 1,
  lastLine: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  faults: 0,
  attempts: 0,
  createdAt: new Date(0),
  startedAt: null,
  endedAt: null,
};

const pairs = importStates.flatMap((state) => importStates.map((next) => [state, next] as const));
const leads = ([state, next]: (typeof pairs)[number]): boolean => state === next || importTransitions[state].includes(next);

describe('an import', () => {
  it.each(pairs.filter(leads))('goes from %s to %s', (state, next) => {
    expect(evolveImport({ ...found, state }, { state: next })).toEqual({ ...found, state: next });
  });

  it.each(pairs.filter((pair) => !leads(pair)))('never goes from %s to %s', (state, next) => {
    expect(() => evolveImport({ ...found, state }, { state: next })).toThrow(`bug: an import can't go from ${state} to ${next}`);
  });
});
