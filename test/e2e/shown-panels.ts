import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../deploy/grafana/dashboards');

type Shown = { readonly dashboard: string; readonly panel: string; readonly query: string };
type Dashboard = {
  readonly uid: string;
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
};

/** Every line of every panel, as Grafana would ask it where a rate is taken over an hour: over all that a test did, however slowly. */
export const shownPanels = (over = '1h'): readonly Shown[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Dashboard)
    .flatMap(({ uid, panels }) =>
      panels.flatMap(({ title, targets }) =>
        targets.map(({ expr }) => ({ dashboard: uid, panel: title, query: expr.replaceAll('$__rate_interval', over) })),
      ),
    );
