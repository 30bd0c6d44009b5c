import {
  type AllocationPolicy,
  type Caller,
  type Carriers,
  fewestLocations,
  type Refusal,
  type Result,
  serveBacklog,
  system,
} from '@rappit/domain';
import { expectEqual, expectThat } from '../../contracts/expecting.js';
import { openStage, type Stage } from '../../contracts/stage.js';
import { type FakeCarrier, fakeCarrier, fakeCarriers, type Sale } from '../../fakes/fake-carrier.js';
import type { Seen } from '../../properties/picture.js';
import { type Gate, openGate } from '../explorer/gate.js';
import type { Scope } from '../explorer/run.js';
import { letterOf } from '../explorer/schedule-text.js';
import { gatedCarrier } from './gated-carrier.js';
import { checkLaws } from './laws.js';
import type { OpenWorld, World } from './world.js';

/** What every use case is made with, and on whose behalf. */
export type Hub = ReturnType<World['ports']> & {
  readonly policy: AllocationPolicy;
  readonly carriers: Carriers;
  readonly caller: Caller;
};

/** Something that somebody does while others do something else. */
export type Command = {
  readonly does: string;
  readonly run: (hub: Hub) => Promise<Result<unknown, Refusal>>;
  /** Codes that it may be answered in some order. Any other refusal, and any exception, fails the schedule. */
  readonly mayBeRefused?: readonly string[];
};

/** Where the commands begin: the few steps that lead there, done by nobody else meanwhile. */
export type Beginning = Stage & { readonly hub: Hub; readonly carrier: FakeCarrier; readonly advance: World['advance'] };

/** How a schedule ended. `codes` are the commands' answers in their order, `ok` or a refusal's code. */
export type End = { readonly codes: readonly string[]; readonly seen: Seen; readonly sold: readonly Sale[] };

export type Plot = {
  readonly commands: readonly Command[];
  /** Throws what doesn't hold in this scope, besides the laws that hold in all. */
  readonly holds?: (end: End) => void;
};

/** Use cases on little stock, to be run on anybody's persistence. `ended` hears how each schedule ended in which the laws held. */
export type UseCaseScope = {
  readonly name: string;
  readonly on: (openWorld: OpenWorld, ended?: (end: End) => void) => Scope;
};

export const useCases = (name: string, begin: (beginning: Beginning) => Promise<Plot>): UseCaseScope => ({
  name,
  on: (openWorld, ended) => ({
    name,
    open: async () => {
      const world = await openWorld();
      const carrier = fakeCarrier();
      const hub = hubAt(world, carrier, openGate);
      const stage = await openStage({ ...hub, digest: world.digest, newOrganization: async () => world.organizationId });
      const { commands, holds } = await begin({ ...stage, hub, carrier, advance: world.advance });
      const codes = commands.map(() => 'no answer');
      const run = async ({ run }: Command, task: number, gate: Gate): Promise<void> => {
        const answer = await run(hubAt(world, carrier, gate));
        codes[task] = answer.ok ? 'ok' : answer.error.code;
      };
      return {
        commands: commands.map((command, task) => (gate) => run(command, task, gate)),
        check: async () => {
          for (const [task, command] of commands.entries()) checkAnswer(command, task, codes[task] ?? '');
          const seen = await checkLaws({ ...stage, digest: world.digest }, carrier.sold());
          const end = { codes, seen, sold: carrier.sold() };
          holds?.(end);
          ended?.(end);
          await workOffBacklog(stage, hub);
          await checkLaws({ ...stage, digest: world.digest }, carrier.sold());
        },
      };
    },
  }),
});

const hubAt = (world: World, { carrier }: FakeCarrier, gate: Gate): Hub => ({
  ...world.ports(gate),
  policy: fewestLocations,
  carriers: fakeCarriers(gatedCarrier(carrier, gate)),
  caller: { organizationId: world.organizationId, actor: system('scope') },
});

const checkAnswer = ({ does, mayBeRefused = [] }: Command, task: number, code: string): void =>
  expectThat(code === 'ok' || mayBeRefused.includes(code), `${letterOf(task)} (${does}) was answered ${code}`);

/** Whatever still waits beside stock is the backlog's to serve; afterwards nothing does. */
const workOffBacklog = async ({ read }: Stage, hub: Hub): Promise<void> => {
  const servable = () => read(({ orders }) => orders.servable(10, ''));
  if ((await servable()).length > 0) await serveBacklog(hub)(hub.caller.organizationId);
  expectEqual(await servable(), [], 'SKUs that orders wait for beside stock, when the backlog was worked off');
};
