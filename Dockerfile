# docker build -t plugin-host .
# docker run --rm -v "$PWD:/plugin" -u "$(id -u):$(id -g)" plugin-host test
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm pack --silent \
  && mkdir package \
  && tar -xzf plugin-host-*.tgz -C package --strip-components 1

# Python as SPS 9 has it.
FROM python:3.12-slim-bookworm
RUN useradd --uid 1000 --create-home plugin
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /build/package /opt/plugin-host
RUN ln -s /opt/plugin-host/bin/plugin-host.js /usr/local/bin/plugin-host
USER 1000
WORKDIR /plugin
ENTRYPOINT ["plugin-host"]
CMD ["--help"]
