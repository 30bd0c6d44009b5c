import { type DueDelivery, err, type OrganizationId, ok, type Refusal, type Result, type UnitOfWork } from '../kernel/index.js';
import { type Channel, channelOfSource } from './channel.js';
import type { ChannelMessage, ShopReaders } from './external-order.js';
import type { ImportOrder } from './import-order.js';
import { forgetPeople } from './people.js';
import type { ReadAgain, ReadAgainRefused } from './read-order-again.js';
import { hearShownStock } from './show-stock.js';
import type { ChannelStores } from './stores.port.js';

export type UnderstandDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  readonly readers: ShopReaders;
  readonly importOrder: ImportOrder;
  readonly readOrderAgain: (
    organizationId: OrganizationId,
    channel: Channel,
    externalId: string,
  ) => Promise<Result<ReadAgain, ReadAgainRefused>>;
  readonly hearFarewell: (organizationId: OrganizationId, channel: Channel) => Promise<Result<string, Refusal>>;
  readonly eraseShop: (organizationId: OrganizationId, channel: Channel) => Promise<Result<unknown, Refusal>>;
};

/** Somebody's data is erased, and what asked for it names them too. */
export const FORGOTTEN = 'forgotten';

/** The topic of what we told ourselves: the order of that id couldn't be taken in when it was read, and is to be read again. */
export const READ_AGAIN = 'rappit/read-again';

/** Does what a delivery of a shop asks for; answers what became of it, in a word. */
export const understandDelivery =
  (deps: UnderstandDeps) =>
  async (organizationId: OrganizationId, delivery: DueDelivery): Promise<Result<string, Refusal>> => {
    const channelId = channelOfSource(delivery.sourceId);
    const channel = channelId && (await deps.unitOfWork.read(organizationId, ({ channels }) => channels.find(channelId)));
    if (!channel) return err({ code: 'channel.not_found' });
    if (delivery.topic === READ_AGAIN) return act(deps, organizationId, { channel, message: doubtful(delivery.body) });
    const message = deps.readers[channel.kind]?.read(delivery.topic, delivery.body);
    if (!message) return err({ code: 'delivery.unreadable' });
    return message.ok ? act(deps, organizationId, { channel, message: message.value }) : message;
  };

const doubtful = (externalId: string): ChannelMessage => ({ kind: 'doubtful', externalId });

type Told = { readonly channel: Channel; readonly message: ChannelMessage };

const act = async (
  { unitOfWork, importOrder, readOrderAgain, hearFarewell, eraseShop }: UnderstandDeps,
  organizationId: OrganizationId,
  { channel, message }: Told,
): Promise<Result<string, Refusal>> => {
  switch (message.kind) {
    case 'order': {
      const imported = await importOrder(organizationId, channel.id, message.order);
      return imported.ok ? ok(imported.value.outcome) : imported;
    }
    case 'doubtful': {
      const read = await readOrderAgain(organizationId, channel, message.externalId);
      return read.ok ? ok(read.value.outcome) : read;
    }
    case 'stock': {
      const { place, available } = message;
      if (available === null) return ok('unused');
      return hearShownStock({ unitOfWork })(organizationId, channel.id, { ...place, available });
    }
    case 'disconnected':
      return hearFarewell(organizationId, channel);
    case 'erasePerson':
    case 'eraseShop': {
      const forgotten =
        message.kind === 'eraseShop'
          ? await eraseShop(organizationId, channel)
          : await forgetPeople({ unitOfWork })(organizationId, channel.id, message.person);
      return forgotten.ok ? ok(FORGOTTEN) : forgotten;
    }
    case 'exportPerson':
      return ok('exportAsked');
    case 'unused':
      return ok('unused');
  }
};
