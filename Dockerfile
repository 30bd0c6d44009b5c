# syntax=docker/dockerfile:1
# The base is pinned by its full version. Whoever builds for production also gives its digest, as the registry has it:
#   docker build --build-arg NODE_DIGEST=@sha256:… -t rappit .
ARG NODE_VERSION=24.11.1
ARG NODE_DIGEST=

FROM node:${NODE_VERSION}-bookworm-slim${NODE_DIGEST} AS build
WORKDIR /src
ENV NX_DAEMON=false
COPY . .
RUN npm ci --no-audit --no-fund \
 && npm run build \
 && npm prune --omit=dev --no-audit --no-fund \
 && npm sbom --package-lock-only --sbom-format=cyclonedx --omit=dev > sbom.json \
 && find packages -name '*.tsbuildinfo' -delete

FROM node:${NODE_VERSION}-bookworm-slim${NODE_DIGEST}
ENV NODE_ENV=production
WORKDIR /app
# Root owns what is run, and nobody may write it.
COPY --from=build /src/package.json /src/LICENSE /src/sbom.json ./
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/packages ./packages
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# API_PREFIX and PORT are those that the process was given; a worker has METRICS_PORT instead.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "const p=(process.env.API_PREFIX||'/api/v1').replace(/^\\/+|\\/+$/g,'');fetch('http://127.0.0.1:'+(process.env.METRICS_PORT||process.env.PORT||3000)+'/'+(p&&p+'/')+'health').then(a=>process.exit(a.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=64", "packages/app/dist/main.js"]
CMD ["serve"]
