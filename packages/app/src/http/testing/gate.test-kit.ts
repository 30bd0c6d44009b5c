import type { UnitOfWork } from '@rappit/domain';
import type { Stores } from '../../use-cases.js';

/** Holds units of work up from the inside, so that a second request can arrive while the first is being answered. */
export type Gate = {
  readonly unitOfWork: UnitOfWork<Stores>;
  /** From now on work waits inside; `entered` resolves when one does, and `open` lets all of them go on. */
  readonly shut: () => { readonly entered: Promise<void>; readonly open: () => void };
  /** The next unit of work throws this, having written nothing. */
  readonly failNext: (error: unknown) => void;
};

export const gateAround = (unitOfWork: UnitOfWork<Stores>): Gate => {
  let wait: () => Promise<void> = async () => undefined;
  return {
    unitOfWork: {
      read: unitOfWork.read,
      run: (organizationId, work, once) =>
        unitOfWork.run(
          organizationId,
          async (stores) => {
            await wait();
            return work(stores);
          },
          once,
        ),
    },
    failNext: (error) => {
      wait = async () => {
        wait = async () => undefined;
        throw error;
      };
    },
    shut: () => {
      let open = (): void => undefined;
      const opened = new Promise<void>((resolve) => {
        open = () => {
          wait = async () => undefined;
          resolve();
        };
      });
      const entered = new Promise<void>((resolve) => {
        wait = () => {
          resolve();
          return opened;
        };
      });
      return { entered, open };
    },
  };
};
