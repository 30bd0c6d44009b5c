import type { Page, PageRequest } from '../kernel/index.js';
import type { Import, ImportId } from './import.js';
import type { RowFault } from './read-row.js';
import type { DueRow, SheetRow } from './sheet.js';
import type { InventoryStores } from './stores.port.js';

/** A row that waits to be worked off. Rows of one import that have the same key are the same thing told twice. */
export type StoredRow = SheetRow & { readonly key: string | null };
export type KeptFault = RowFault & { readonly id: string };

/** Imports of one organization, with their rows until they are worked off. */
export type ImportStore = {
  readonly add: (one: Import) => Promise<void>;
  readonly find: (id: ImportId) => Promise<Import | undefined>;
  /** Found, and not changed by anybody else until the unit of work ends. */
  readonly lock: (id: ImportId) => Promise<Import | undefined>;
  /** The oldest that is waiting or running, locked; undefined while somebody else has locked it. Locked before items and levels. */
  readonly next: () => Promise<Import | undefined>;
  readonly save: (one: Import) => Promise<void>;
  /** Removes an import with everything of it. */
  readonly remove: (id: ImportId) => Promise<void>;
  /** Removes those that are still `receiving` though they were begun before: nobody sends them any more. */
  readonly removeAbandoned: (before: Date) => Promise<void>;
  /** How many are neither done nor failed. */
  readonly unfinished: () => Promise<number>;
  readonly addRows: (id: ImportId, rows: readonly StoredRow[]) => Promise<void>;
  /** Those behind a line, in their order. */
  readonly rows: (id: ImportId, after: number, limit: number) => Promise<readonly DueRow[]>;
  readonly dropRows: (id: ImportId) => Promise<void>;
  readonly addFaults: (id: ImportId, faults: readonly KeptFault[]) => Promise<void>;
  /** Newest first. */
  readonly list: (page: PageRequest) => Promise<Page<Import>>;
  /** In the order in which they were found, which is that of the file. */
  readonly faults: (id: ImportId, page: PageRequest) => Promise<Page<KeptFault>>;
};

export type ImportStores = InventoryStores & { readonly imports: ImportStore };
