import { type Import, ImportId, MAX_IMPORT_ROWS, type Result, type Sheet, type SheetRow } from '@rappit/domain';
import { inMemory } from '../fakes/index.js';

const HOUR = 3_600_000;

async function* arriving(rows: readonly SheetRow[], perBatch = 10_000): AsyncGenerator<readonly SheetRow[]> {
  for (let from = 0; from < rows.length; from += perBatch) yield rows.slice(from, from + perBatch);
}

const rowsOf = (count: number): readonly SheetRow[] =>
  Array.from({ length: count }, (_, index) => ({ line: index + 2, cells: [`SKU-${index}`, `Item ${index}`] }));

const sheetOf = (rows: Sheet['rows'], facts: Partial<Sheet> = {}): Sheet => ({
  kind: 'items',
  dryRun: false,
  header: ['sku', 'name'],
  rows,
  ...facts,
});

const successOf = <Value>(result: Result<Value, { readonly code: string }>): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

/** A hub, and a sheet of so many rows that waits in it. */
const waiting = async (rows: number) => {
  const hub = inMemory();
  const { organizationId } = hub.caller;
  const id = successOf(await hub.receiveImport(hub.caller, sheetOf(arriving(rowsOf(rows)))));
  await hub.startImport(hub.caller, id);
  const find = async (): Promise<Import | undefined> => hub.memory.stateOf(organizationId).imports.get(id)?.about;
  return { ...hub, organizationId, id, find, work: async () => (await hub.workImports(organizationId)).rows };
};

describe('an import that arrives', () => {
  it('is kept batch by batch, and not worked on before it is started', async () => {
    const hub = inMemory();
    const { organizationId } = hub.caller;
    const kept: number[] = [];
    async function* watched(): AsyncGenerator<readonly SheetRow[]> {
      for await (const batch of arriving(rowsOf(30), 10)) {
        kept.push([...hub.memory.stateOf(organizationId).imports.values()][0]?.rows.length ?? 0);
        yield batch;
      }
    }
    const id = successOf(await hub.receiveImport(hub.caller, sheetOf(watched())));
    expect(kept).toEqual([0, 10, 20]);
    expect(await hub.workImports(organizationId)).toEqual({ rows: 0, adjustments: 0 });
    expect(successOf(await hub.startImport(hub.caller, id))).toMatchObject({ state: 'waiting', rows: 30 });
    expect(await hub.startImport(hub.caller, ImportId('nobody'))).toEqual({ ok: false, error: { code: 'import.not_found' } });
  });

  it('takes the longest sheet there may be, and nothing of a longer one', async () => {
    const hub = inMemory();
    const receive = (count: number) => hub.receiveImport(hub.caller, sheetOf(arriving(rowsOf(count))));
    const answer = await receive(MAX_IMPORT_ROWS + 1);
    expect(answer).toEqual({ ok: false, error: { code: 'import.too_many_rows', limit: MAX_IMPORT_ROWS } });
    expect(hub.memory.stateOf(hub.caller.organizationId).imports.size).toBe(0);
    expect((await receive(MAX_IMPORT_ROWS)).ok).toBe(true);
  });

  it('leaves nothing behind when whoever sends it breaks off, and hands the reason on', async () => {
    const hub = inMemory();
    async function* broken(): AsyncGenerator<readonly SheetRow[]> {
      yield rowsOf(10);
      throw new Error('gone');
    }
    await expect(hub.receiveImport(hub.caller, sheetOf(broken()))).rejects.toThrow('gone');
    expect(hub.memory.stateOf(hub.caller.organizationId).imports.size).toBe(0);
  });

  it('is swept away when nobody has finished it for an hour', async () => {
    const hub = inMemory();
    const { organizationId } = hub.caller;
    successOf(await hub.receiveImport(hub.caller, sheetOf(arriving(rowsOf(10)))));
    hub.clock.advance(HOUR);
    await hub.workImports(organizationId);
    expect(hub.memory.stateOf(organizationId).imports.size).toBe(1);
    hub.clock.advance(1);
    await hub.workImports(organizationId);
    expect(hub.memory.stateOf(organizationId).imports.size).toBe(0);
  });
});

describe('an import that is worked off', () => {
  it('gets on by some rows at a time, and drops them at its end', async () => {
    const { work, find, memory, organizationId, id } = await waiting(1_100);
    expect([await work(), (await find())?.state, (await find())?.lastLine]).toEqual([500, 'running', 501]);
    expect([await work(), await work(), await work()]).toEqual([500, 101, 0]);
    expect(await find()).toMatchObject({ state: 'done', created: 1_100, lastLine: 1_101 });
    expect(memory.stateOf(organizationId).imports.get(id)?.rows).toEqual([]);
    expect(memory.stateOf(organizationId).items.size).toBe(1_100);
  });

  it('counts each row once, however often the work breaks off', async () => {
    const { work, find, memory } = await waiting(1_100);
    for (const breaks of [true, false, true, false, true, false]) {
      if (breaks) memory.breakDown();
      if (breaks) await expect(work()).rejects.toThrow('out of order');
      else await work();
      memory.mend();
    }
    expect(await find()).toMatchObject({ state: 'done', created: 1_100, unchanged: 0 });
  });

  it('is given up when it does not get on, and lets the next one have its turn', async () => {
    const { work, find, memory, organizationId, caller, receiveImport, startImport } = await waiting(600);
    await work();
    const next = successOf(await receiveImport(caller, sheetOf(arriving([{ line: 2, cells: ['NEXT', 'Next'] }]))));
    await startImport(caller, next);
    // Whoever takes the second piece up dies of it, each time after the attempt was counted.
    for (let attempt = 0; attempt < 5; attempt += 1) {
      memory.breakDown({ after: 1 });
      await expect(work()).rejects.toThrow('out of order');
      memory.mend();
    }
    expect(await find()).toMatchObject({ state: 'running', created: 500, attempts: 5 });
    await work();
    expect(await find()).toMatchObject({ state: 'failed', rows: 600, created: 500, endedAt: expect.any(Date) });
    await work();
    expect(memory.stateOf(organizationId).imports.get(next)?.about).toMatchObject({ state: 'done', created: 1 });
  });
});
