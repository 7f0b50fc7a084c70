# The image of `roster`: one program, certificates, and a user that is not root.
FROM rust:1.95-slim-trixie AS build
WORKDIR /roster
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/roster/target \
    cargo build --locked --release --package gateway --bin roster && \
    cp target/release/roster /usr/local/bin/roster

FROM debian:13-slim
RUN useradd --system --uid 10001 --user-group --no-create-home roster && \
    install --directory --owner=roster --group=roster --mode=0700 /var/lib/roster
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /usr/local/bin/roster /usr/local/bin/roster
ENV ROSTER_DATA=/var/lib/roster ROSTER_LISTEN=0.0.0.0:8080
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s CMD ["roster", "health"]
ENTRYPOINT ["roster"]
