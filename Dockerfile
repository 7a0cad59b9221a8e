# The server as a container: `docker build -t assay .`. Built in two steps, so that neither tools nor tests are in what runs.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY runtime/package.json runtime/
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json app.yml LICENSE ./
COPY bin bin
COPY scripts scripts
COPY src src
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY runtime/package.json runtime/
# Without the workspace: the image has its own Node.
RUN npm ci --ignore-scripts --omit=dev --omit=optional --workspaces=false && npm cache clean --force

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 ASSAY_DATA=/data/assay XDG_CACHE_HOME=/tmp
COPY --from=packages /app/node_modules node_modules
COPY --from=build /src/dist dist
COPY --from=build /src/bin bin
COPY --from=build /src/package.json /src/app.yml /src/LICENSE ./
# The one place that is written to, for the embedded database; compiled code is kept in /tmp.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/assay.js"]
CMD ["serve"]
