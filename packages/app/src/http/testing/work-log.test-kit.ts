import type { Ports } from '../../use-cases.js';

/** What was asked of the ports that cost time: passwords, addresses, and the store. */
export type WorkLog = { readonly done: () => readonly string[]; readonly reset: () => void };

type Port = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Ports that write down the name of whatever is asked of them. */
export const loggingWork = (ports: Ports): { readonly ports: Ports; readonly work: WorkLog } => {
  let done: string[] = [];
  const logged = <Logged extends Port>(port: Logged): Logged =>
    Object.fromEntries(
      Object.entries(port).map(([name, method]) => [
        name,
        (...args: never[]) => {
          done.push(name);
          return method(...args);
        },
      ]),
    ) as Logged;
  return {
    ports: {
      ...ports,
      passwords: logged(ports.passwords),
      accounts: logged(ports.accounts),
      accountRequests: logged(ports.accountRequests),
      unitOfWork: logged(ports.unitOfWork),
    },
    work: {
      done: () => [...done],
      reset: () => {
        done = [];
      },
    },
  };
};
