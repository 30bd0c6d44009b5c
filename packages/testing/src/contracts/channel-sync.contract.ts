import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage } from './stage.js';

export const channelSyncContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'begins a reading that is asked for once, leases it to one, and keeps how it went',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const { id } = await stage.addChannel('demo.myshopify.com');
      const find = (who = stage) => who.read(({ channelSync }) => channelSync.find(id));
      expectEqual(await find(), undefined, 'a reading that nobody has asked for');
      const asked = await stage.run(({ channelSync }) => channelSync.ask(id));
      const fresh = { channelId: id, cursor: null, status: 'running', finishedAt: null, read: 0, failed: 0, remaining: null };
      expectEqual(
        { ...asked, startedAt: null, dueAt: null },
        { ...fresh, startedAt: null, dueAt: null, problem: null, attempts: 0 },
        'one',
      );
      const claim = (who = stage) => who.run(({ channelSync }) => channelSync.claim(id, 60));
      expectEqual(await claim(other), undefined, 'what another organization leases');
      expectThat((await claim())?.channelId === id, 'it is leased');
      expectEqual(await claim(), undefined, 'what is leased twice');
      const over = {
        ...asked,
        cursor: 'page 2',
        status: 'done' as const,
        finishedAt: asked.startedAt,
        read: 7,
        failed: 1,
        remaining: 3,
        dueAt: new Date(asked.dueAt.getTime() + 900_000),
        problem: 'shop.unavailable',
        attempts: 2,
      };
      await stage.run(({ channelSync }) => channelSync.save(over));
      expectEqual([await find(), await find(other)], [over, undefined], 'how it went');
      const again = await stage.run(({ channelSync }) => channelSync.ask(id));
      expectThat(again.dueAt < over.dueAt && again.cursor === 'page 2', 'one that is asked for again goes on where it was, now');
    },
  },
  {
    promise: 'leaves what is being read to whoever reads it, and has what waits after a failure read when somebody asks',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const ask = () => stage.run(({ channelSync }) => channelSync.ask(id));
      const claim = () => stage.run(({ channelSync }) => channelSync.claim(id, 60));
      await ask();
      const reading = await claim();
      if (!reading) throw new Error('it is leased');
      await stage.run(({ channelSync }) => channelSync.save({ ...reading, status: 'running', problem: null }));
      expectEqual([(await ask()).dueAt, await claim()], [reading.dueAt, undefined], 'what is being read');
      await stage.run(({ channelSync }) => channelSync.save({ ...reading, problem: 'shop.unavailable', attempts: 3 }));
      expectEqual((await ask()).attempts, 0, 'the attempts of one that is asked for');
      expectThat((await claim())?.channelId === id, 'one that waits is read now');
    },
  },
];
