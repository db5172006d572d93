# One image for the gateway and for each subgraph: a container runs what its command says (see compose.yaml).
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY gateway gateway
COPY schema schema
COPY scripts scripts
COPY subgraphs subgraphs
# Bundles are made here: where containers run, nothing can be written beside the sources.
RUN for script in scripts/*.ts; do node scripts/bundle.mjs "$script" >/dev/null || exit 1; done \
 && node scripts/run.cjs scripts/build.ts \
 && npm prune --omit=dev

FROM base
COPY --from=build /app /app
RUN install -d -o 1000 -g 1000 .data
# The user "node" of the image. Files of the program are root's, and can't be changed by it.
USER 1000:1000
ENV HOST=0.0.0.0
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "scripts/containers/healthcheck.mjs"]
# Not npm, which would not pass signals on.
CMD ["node", "--max-semi-space-size=8", "scripts/run.cjs", "scripts/gateway.ts"]
