import {
  type Caller,
  changeOrderFilter,
  type Moment,
  type OrderFilterId,
  type OrganizationId,
  removeOrderFilter,
  type SavedFilterStores,
  saveOrderFilter,
  type UnitOfWork,
  type UserId,
} from '@rappit/domain';
import { asSuperuser, newOrganization, openWorld, type TestWorld, untilSomebodyWaits } from './test-world.test-kit.js';

describe('a saved filter that is removed while it is changed', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.persistence.close());

  /** An organization whose admin has a filter. */
  const scene = async (): Promise<{ readonly caller: Caller; readonly memberId: UserId; readonly id: OrderFilterId }> => {
    const organizationId: OrganizationId = await newOrganization(world);
    const memberId = await world.persistence.unitOfWork.read(organizationId, async ({ members }) => {
      const [admin] = (await members.list({ limit: 1 })).data;
      if (!admin) throw new Error('there is an admin');
      return admin.user.id;
    });
    const caller: Caller = { organizationId, actor: { kind: 'user', id: memberId, name: 'Admin' } };
    const { unitOfWork } = world.persistence;
    const saved = await saveOrderFilter({ unitOfWork, ids: world.ids })(caller, memberId, { name: 'Mine', filter: {} });
    if (!saved.ok) throw new Error(saved.error.code);
    return { caller, memberId, id: saved.value.id };
  };

  /** The database, whose next filter that is found is handed over when `meanwhile` is over, and not before. */
  const handingOverAfter = (meanwhile: () => Promise<void>): UnitOfWork<SavedFilterStores> => {
    const { unitOfWork } = world.persistence;
    const slowly = (stores: SavedFilterStores & Moment): SavedFilterStores & Moment => ({
      ...stores,
      orderFilters: {
        ...stores.orderFilters,
        find: async (memberId, id) => {
          const found = await stores.orderFilters.find(memberId, id);
          await meanwhile();
          return found;
        },
      },
    });
    return {
      run: (organizationId, work, once) => unitOfWork.run(organizationId, (stores) => work(slowly(stores)), once),
      read: (organizationId, work) => unitOfWork.read(organizationId, (stores) => work(slowly(stores))),
    };
  };

  it('stays removed', async () => {
    const { caller, memberId, id } = await scene();
    const { unitOfWork } = world.persistence;
    let removing: ReturnType<ReturnType<typeof removeOrderFilter>> | undefined;
    const changed = await asSuperuser(world, (client) => {
      const unitOfWorkOfChange = handingOverAfter(async () => {
        removing = removeOrderFilter({ unitOfWork, ids: world.ids })(caller, memberId, id);
        // Either it waits until the change is over, or it has removed the filter by now.
        await Promise.race([removing, untilSomebodyWaits(client)]);
      });
      const change = { id, name: 'Another', filter: { sku: 'MUG' } };
      return changeOrderFilter({ unitOfWork: unitOfWorkOfChange, ids: world.ids })(caller, memberId, change);
    });
    expect(changed).toMatchObject({ ok: true, value: { name: 'Another' } });
    expect(await removing).toEqual({ ok: true, value: undefined });
    const left = await unitOfWork.read(caller.organizationId, ({ orderFilters }) => orderFilters.list(memberId, { limit: 10 }));
    expect(left.data).toEqual([]);
  });
});
