import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { examine } from '../../packages/app/src/config.js';
import { judge } from '../../packages/app/src/gates/gates.js';
import { askedOf } from '../../packages/app/src/gates/production-gates.js';
import { variablesInWords } from '../../packages/app/src/variables-in-words.js';

const root = join(__dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const known = new Set(variablesInWords.map(({ name }) => name));

type Container = {
  readonly image: string;
  readonly args: readonly string[];
  readonly envFrom: readonly { readonly secretRef?: { readonly name: string } }[];
  readonly securityContext: object;
  readonly livenessProbe?: object;
  readonly readinessProbe?: { readonly httpGet: { readonly path: string } };
};
type Resource = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly replicas?: number;
    readonly selector?: { readonly matchLabels?: object };
    readonly scaleTargetRef?: { readonly name: string };
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: { readonly terminationGracePeriodSeconds: number; readonly containers: readonly Container[] };
    };
  };
};

const kubernetes = (file: string): Resource => {
  const documents = parseAllDocuments(text(`deploy/k8s/${file}`));
  expect(documents).toHaveLength(1);
  expect(documents[0]?.errors).toEqual([]);
  return documents[0]?.toJS() as Resource;
};

/** The kinds that stand in the folder, by the version of their API that Kubernetes 1.25 and later serve. */
const versions: ReadonlyMap<string, string> = new Map([
  ['Namespace', 'v1'],
  ['ConfigMap', 'v1'],
  ['Secret', 'v1'],
  ['Service', 'v1'],
  ['Job', 'batch/v1'],
  ['Deployment', 'apps/v1'],
  ['Ingress', 'networking.k8s.io/v1'],
  ['NetworkPolicy', 'networking.k8s.io/v1'],
  ['HorizontalPodAutoscaler', 'autoscaling/v2'],
  ['PodDisruptionBudget', 'policy/v1'],
  ['Kustomization', 'kustomize.config.k8s.io/v1beta1'],
]);

describe('what Kubernetes is told', () => {
  const files = readdirSync(join(root, 'deploy/k8s'));

  it.each(files)('is of a kind that there is, under a name: %s', (file) => {
    const { kind, apiVersion, metadata } = kubernetes(file);
    expect(versions.get(kind)).toBe(apiVersion);
    if (kind !== 'Kustomization') expect(metadata.name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('is all of it in the kustomization, but for the secret, which nobody keeps here', () => {
    const { resources } = parse(text('deploy/k8s/kustomization.yaml')) as { resources: readonly string[] };
    expect([...resources].sort()).toEqual(files.filter((file) => !/^(kustomization|secret\.example)\.yaml$/.test(file)).sort());
  });

  it.each(['deployment.yaml', 'worker.yaml', 'migration-job.yaml'])(
    'runs %s as nobody mighty, on a root that it cannot write',
    (file) => {
      const { containers } = kubernetes(file).spec.template.spec;
      for (const { securityContext } of containers)
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      expect(kubernetes(file).spec.template.spec).toMatchObject({ securityContext: { runAsNonRoot: true } });
    },
  );

  it('runs two servers that are asked whether they are ready, and have the time to finish', () => {
    const { metadata, spec } = kubernetes('deployment.yaml');
    expect([metadata.name, spec.replicas]).toEqual(['rappit-api', 2]);
    expect(spec.selector?.matchLabels).toEqual(spec.template.metadata.labels);
    const [api] = spec.template.spec.containers;
    expect(api?.readinessProbe?.httpGet.path).toBe('/api/v1/health/ready');
    expect(spec.template.spec.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(examine({}).config.drainMs);
    expect(kubernetes('hpa.yaml').spec.scaleTargetRef?.name).toBe(metadata.name);
    expect(JSON.stringify(spec)).not.toContain('rappit-owner');
  });

  it('runs a worker that shows itself where it is looked at', () => {
    const { spec } = kubernetes('worker.yaml');
    expect(spec.selector?.matchLabels).toEqual(spec.template.metadata.labels);
    const [worker] = spec.template.spec.containers;
    const [port] = [{ name: 'METRICS_PORT', value: '9464' }];
    expect(worker).toMatchObject({
      args: ['worker'],
      env: [port],
      ports: [{ name: 'metrics', containerPort: Number(port.value) }],
      livenessProbe: { httpGet: { path: '/api/v1/health', port: 'metrics' } },
      readinessProbe: { httpGet: { path: '/api/v1/health/ready', port: 'metrics' } },
    });
    expect(spec.template.metadata).toMatchObject({ annotations: { 'prometheus.io/port': port.value } });
    expect(known.has(port.name)).toBe(true);
    const { scrape_configs: scraped } = parse(text('deploy/prometheus/prometheus.yml')) as {
      scrape_configs: readonly {
        readonly dns_sd_configs: readonly { readonly names: readonly string[]; readonly port: number }[];
      }[];
    };
    expect(scraped[0]?.dns_sd_configs.map(({ names, port: asked }) => [names, asked])).toEqual([
      [['rappit'], 3000],
      [['rappit-worker'], 9464],
    ]);
  });

  it('sets only variables that there are, and with its secret all that the gates ask for', () => {
    const set = { ...kubernetes('configmap.yaml').data, ...kubernetes('secret.example.yaml').stringData };
    expect(Object.keys(set).filter((name) => !known.has(name))).toEqual([]);
    const unset = judge(askedOf(set, {})).flatMap(({ reasons }) =>
      reasons.filter(({ message }) => message.startsWith('must be set')),
    );
    expect(unset).toEqual([]);
  });
});

describe('what Docker Compose is told', () => {
  type Service = { readonly image: string; readonly command?: readonly string[]; readonly read_only?: boolean };
  const { services } = parse(text('deploy/compose.yaml'), { merge: true }) as { services: Readonly<Record<string, Service>> };

  it('starts two servers, a worker and all that they stand on, each of an exact version', () => {
    expect(Object.keys(services)).toEqual(['migrate', 'app-1', 'app-2', 'worker', 'postgres', 'redis', 'prometheus', 'grafana']);
    for (const { image } of Object.values(services)) expect(image).toMatch(/^(rappit:latest|[\w/-]+:v?\d+\.\d+[\w.-]*)$/);
    expect(services['app-1']?.read_only).toBe(true);
    expect(services['migrate']?.command).toEqual(['migrate', 'up']);
  });
});

describe('.env.example', () => {
  const set = Object.fromEntries(
    text('.env.example')
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
  );

  it('sets only variables that there are, and all that the gates ask for', () => {
    expect(Object.keys(set).filter((name) => !known.has(name))).toEqual([]);
    const unset = judge(askedOf(set, {})).flatMap(({ reasons }) =>
      reasons.filter(({ message }) => message.startsWith('must be set')),
    );
    expect(unset).toEqual([]);
  });

  it('is refused as long as it is not filled in', () => {
    const about = judge(askedOf(set, {})).flatMap(({ reasons }) => reasons.map((reason) => reason.about));
    const left = Object.keys(set).filter((name) => /^<.*>$/.test(set[name] ?? ''));
    expect(left.filter((name) => !about.includes(name))).toEqual([]);
  });
});

describe('the image', () => {
  const dockerfile = text('Dockerfile');

  it('is pinned by a full version, takes a digest from whoever builds it, and runs as nobody mighty', () => {
    expect(dockerfile).toMatch(/^ARG NODE_VERSION=\d+\.\d+\.\d+$/m);
    expect(dockerfile).toMatch(/^ARG NODE_DIGEST=$/m);
    expect(dockerfile.match(/^FROM .*/gm)).toEqual([
      `FROM node:\${NODE_VERSION}-bookworm-slim\${NODE_DIGEST} AS build`,
      `FROM node:\${NODE_VERSION}-bookworm-slim\${NODE_DIGEST}`,
    ]);
    const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
  });

  it('is built without anything that is secret or was built elsewhere', () => {
    expect(text('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['.git', '.env*', '**/node_modules', '**/dist']));
  });
});

it('is tried by CI on every supported version of Node', () => {
  const { jobs } = parse(text('.github/workflows/ci.yml')) as {
    jobs: { test: { strategy: { matrix: { node: readonly string[] } }; steps: readonly { run?: string }[] } };
  };
  expect(jobs.test.strategy.matrix.node).toEqual(['20.19', '22', '24']);
  expect(jobs.test.steps.map(({ run }) => run)).toContain('.ci/run');
});
