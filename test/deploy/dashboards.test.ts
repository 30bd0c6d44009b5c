import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { declaredMetrics } from '../../packages/adapters/metrics/src/declared-metrics.js';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

type Dashboard = {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly targets: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
  }[];
};

const files = readdirSync(join(root, 'deploy/grafana/dashboards')).filter((file) => file.endsWith('.json'));
const dashboards = files.map((file) => JSON.parse(read(`deploy/grafana/dashboards/${file}`)) as Dashboard);
const queries = dashboards.flatMap(({ panels }) => panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)));

/** The panels that the checklist asks for, word by word but for what is said more exactly. */
const asked: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'rappit-rate-limiting': [
    'Rate limit hits by type and organization',
    'Rate limit blocks over time',
    /^Top organizations hitting limits/,
    'Rate limit remaining capacity',
  ],
  'rappit-subscriptions': [
    /^Subscription blocks by organization/,
    'Blocks by subscription status',
    'Blocked endpoints frequency',
  ],
  'rappit-api': ['Request rate by endpoint', 'Response times', 'Error rates', 'Status code distribution'],
  'rappit-carriers': [
    'DHL API calls and errors',
    'FedEx API calls and errors',
    'Shipment creation success rate',
    'Label generation time',
  ],
  'rappit-stock-and-orders': [/^Books by the last reconciliations/, 'Orders placed', 'How late shops are told of stock'],
};

/** A panel comes with the test that connects a shop before Prometheus looks. */
const unshown = ['channel_fulfilments_total'];

describe('dashboards', () => {
  it('are the five that were asked for, with every panel of the checklist', () => {
    expect(dashboards.map(({ uid }) => uid).toSorted()).toEqual(Object.keys(asked).toSorted());
    for (const { uid, panels } of dashboards) {
      const missing = (asked[uid] ?? []).filter((title) => !panels.some((panel) => panel.title.match(title)));
      expect([uid, missing]).toEqual([uid, []]);
    }
  });

  it('name each panel, each line and each file once', () => {
    for (const { uid, panels } of dashboards) {
      expect(files).toContain(`${uid}.json`);
      for (const names of [panels.map(({ id }) => String(id)), panels.map(({ title }) => title)])
        expect([uid, new Set(names).size]).toEqual([uid, panels.length]);
      for (const { title, targets } of panels) {
        expect([title, targets.length > 0]).toEqual([title, true]);
        for (const names of [targets.map(({ refId }) => refId), targets.map(({ legendFormat }) => legendFormat)])
          expect([title, new Set(names).size]).toEqual([title, targets.length]);
      }
    }
  });

  it('ask only for metrics that there are, and for every one', () => {
    const recorded = [...read('deploy/prometheus/rules/recording.yml').matchAll(/- record: (\S+)$/gm)].map(
      ([, name = '']) => name,
    );
    const words = new Set(
      queries.flatMap(
        (query) => query.replaceAll(/\{[^}]*\}|"[^"]*"|by \([^)]*\)/g, ' ').match(/[a-z][a-z0-9_:]*_[a-z0-9_:]+/g) ?? [],
      ),
    );
    const measured = [...words].map((word) => word.replace(/_(bucket|sum|count)$/, ''));
    const ofNode = /^(process|nodejs)_/;
    const functions = ['histogram_quantile', '__rate_interval', '_rate_interval', 'rate_interval'];
    const known = new Set([...Object.keys(declaredMetrics), ...recorded, ...functions]);
    expect(measured.filter((name) => !known.has(name) && !ofNode.test(name))).toEqual([]);
    expect(Object.keys(declaredMetrics).filter((name) => !measured.includes(name))).toEqual(unshown);
  });

  it('are found by Grafana where Docker Compose mounts them, and by one in a cluster', () => {
    const { services } = parse(read('deploy/compose.yaml'), { merge: true }) as {
      services: Readonly<Record<string, { readonly volumes?: readonly string[]; readonly networks?: object }>>;
    };
    expect(services['grafana']?.volumes).toContain('./grafana:/etc/grafana/provisioning:ro');
    const { providers } = parse(read('deploy/grafana/dashboards/rappit.yml')) as {
      providers: readonly { readonly options: { readonly path: string } }[];
    };
    expect(providers.map(({ options }) => options.path)).toEqual(['/etc/grafana/provisioning/dashboards']);
    const { datasources } = parse(read('deploy/grafana/datasources/prometheus.yml')) as {
      datasources: readonly { readonly url: string; readonly jsonData: { readonly timeInterval: string } }[];
    };
    expect(Object.keys(services)).toContain(new URL(datasources[0]?.url ?? '').hostname);
    const { configMapGenerator } = parse(read('deploy/grafana/kustomization.yaml')) as {
      configMapGenerator: readonly { readonly files: readonly string[] }[];
    };
    expect(configMapGenerator[0]?.files.toSorted()).toEqual(files.map((file) => `dashboards/${file}`).toSorted());
  });

  it('are fed by a Prometheus that finds every server, as often as Grafana believes', () => {
    const { global, scrape_configs } = parse(read('deploy/prometheus/prometheus.yml')) as {
      global: { readonly scrape_interval: string };
      scrape_configs: readonly {
        readonly dns_sd_configs: readonly { readonly names: readonly string[]; readonly port: number }[];
      }[];
    };
    expect(read('deploy/grafana/datasources/prometheus.yml')).toContain(`timeInterval: ${global.scrape_interval}`);
    const { services } = parse(read('deploy/compose.yaml'), { merge: true }) as {
      services: Readonly<Record<string, { readonly networks?: { readonly default: { readonly aliases: readonly string[] } } }>>;
    };
    const [servers, workers] = scrape_configs.flatMap((one) => one.dns_sd_configs.map((dns) => dns.names));
    const aliasesOf = (name: string) => services[name]?.networks?.default.aliases;
    expect(['app-1', 'app-2', 'worker'].map(aliasesOf)).toEqual([servers, servers, workers]);
  });
});
