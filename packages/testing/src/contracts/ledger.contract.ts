import { adjust, chainText, type LedgerEntry, leave, levelKey, noChange, receive } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage } from './stage.js';
import { promisedStage, stockOf } from './stock-stage.js';

const checkChain = (entries: readonly LedgerEntry[], digest: PersistenceWorld['digest']): void => {
  let previousHash = '';
  entries.forEach((entry, index) => {
    expectEqual(entry.number, index + 1, `the number of movement ${index + 1} of ${entry.sku}`);
    expectEqual(entry.previousHash, previousHash, `the hash before movement ${entry.number}`);
    expectEqual(entry.hash, digest(chainText(entry, entry.number, previousHash)), `the hash of movement ${entry.number}`);
    previousHash = entry.hash;
  });
};

export const ledgerContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'writes a movement with every fact and the balances after it',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 0);
      const reference = { kind: 'document' as const, id: 'ASN-7' };
      await stage.change(place.sku, (books, occasion) => receive(books, occasion, { ...place, quantity: 5, reference }));
      const [entry] = (await stockOf(stage)).movements;
      const facts = {
        kind: 'receipt',
        ...place,
        onHandDelta: 5,
        reservedDelta: 0,
        onHandAfter: 5,
        reservedAfter: 0,
        reason: null,
        reference,
      };
      expectEqual(
        entry && { ...entry, id: '', at: '', hash: '' },
        { ...facts, id: '', at: '', hash: '', number: 1, previousHash: '', actor: { kind: 'system', id: 'contract' } },
        'the movement',
      );
    },
  },
  {
    promise: 'numbers the movements of a level without gaps, and chains each to the one before',
    keeps: async (world) => {
      const { stage, place, reservation } = await promisedStage(world);
      await stage.shelve('OTHER', 2);
      await stage.change(place.sku, (books, occasion) => ({
        ...noChange,
        ...leave(books, occasion, [reservation], 'released', 'customerRequest'),
      }));
      await stage.change(
        place.sku,
        (books, occasion) =>
          adjust(books, occasion, { ...place, delta: -2, reason: 'damage' }, { here: [], kitParts: [] }).change,
      );
      await stage.place([exampleLine('MUG', 1), exampleLine('MUG', 2), exampleLine('OTHER', 1)]);
      const { levels, movements } = await stockOf(stage);
      for (const level of levels) {
        const entries = movements.filter((entry) => levelKey(entry) === levelKey(level)).sort((a, b) => a.number - b.number);
        expectThat(entries.length > 0, `the level of ${level.sku} has movements`);
        checkChain(entries, world.digest);
        const last = entries.at(-1);
        expectEqual(
          [last?.onHandAfter, last?.reservedAfter],
          [level.onHand, level.reserved],
          `the last balances of ${level.sku}`,
        );
      }
    },
  },
  {
    promise: 'numbers without gaps when many write at once',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 0);
      await Promise.all(Array.from({ length: 8 }, () => stage.receive(place, 1)));
      checkChain(
        [...(await stockOf(stage)).movements].sort((a, b) => a.number - b.number),
        world.digest,
      );
    },
  },
  {
    promise: 'never changes a movement that was written',
    keeps: async (world) => {
      const { stage, place, reservation } = await promisedStage(world);
      const before = (await stockOf(stage)).movements;
      await stage.change(place.sku, (books, occasion) => leave(books, occasion, [reservation], 'consumed', null));
      await stage.receive(place, 3);
      const after = (await stockOf(stage)).movements;
      expectEqual(after.slice(-before.length), before, 'the movements from before');
      expectEqual(after.length, before.length + 2, 'movements in all');
    },
  },
];
