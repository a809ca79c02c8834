# Sealwire in a container: built in one stage, run by an ordinary user in the other.
FROM rust:1.94-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends cmake && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY integration integration
COPY rules rules
# The container has a server beside it, so it need not be able to fetch one.
RUN cargo build --release --locked --no-default-features --features pkcs11 --bin sealwire

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --user-group --no-create-home sealwire \
    && install -d -o sealwire -g sealwire -m 0700 /keys /audit
COPY --from=build /src/target/release/sealwire /usr/local/bin/sealwire
USER sealwire
VOLUME ["/keys", "/audit"]
EXPOSE 6432 9432
# debian:slim has no curl; bash can speak enough HTTP.
HEALTHCHECK --interval=5s --timeout=3s --retries=12 --start-period=5s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9432 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["sealwire"]
CMD ["serve", "--rules", "/etc/sealwire/rules"]
