//! The admin address: `/metrics`, `/healthz`, `/readyz`, `/observed`, and nothing else.
//!
//! It has no authentication: bind it to loopback or to the network of the monitoring. No page holds a
//! value. `/observed` names logins and shows statements without their constants: it is there for callers on
//! this host alone.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::metrics::Metrics;
use crate::observe::Observations;

/// Whether the proxy would serve a client now.
pub trait Readiness: Send + Sync + 'static {
    /// `Err` with a reason in plain words (no values) while it would not.
    fn ready(&self) -> Result<(), String>;
    /// Called before the page of metrics is made, for what is only known by looking.
    fn look(&self) {}
}

#[derive(Clone)]
struct Pages {
    metrics: Arc<Metrics>,
    readiness: Arc<dyn Readiness>,
    observations: Arc<Observations>,
}

/// Answers on `listener` until `stop` completes.
pub async fn serve(
    listener: TcpListener,
    metrics: Arc<Metrics>,
    readiness: Arc<dyn Readiness>,
    observations: Arc<Observations>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let pages = router(metrics, readiness, observations);
    axum::serve(
        listener,
        pages.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(stop)
    .await
}

fn router(
    metrics: Arc<Metrics>,
    readiness: Arc<dyn Readiness>,
    observations: Arc<Observations>,
) -> Router {
    Router::new()
        .route("/metrics", get(page_of_metrics))
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(page_of_readiness))
        .route("/observed", get(page_of_observations))
        .with_state(Pages {
            metrics,
            readiness,
            observations,
        })
}

async fn page_of_metrics(State(pages): State<Pages>) -> impl IntoResponse {
    pages.readiness.look();
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], pages.metrics.render())
}

async fn page_of_readiness(State(pages): State<Pages>) -> impl IntoResponse {
    match pages.readiness.ready() {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
    }
}

async fn page_of_observations(
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    State(pages): State<Pages>,
) -> Result<impl IntoResponse, (StatusCode, &'static str)> {
    if !peer.ip().to_canonical().is_loopback() {
        return Err((
            StatusCode::FORBIDDEN,
            "this page is there for callers on the proxy's own host\n",
        ));
    }
    let report = serde_json::to_string(&pages.observations.report())
        .map_err(|_| (StatusCode::INTERNAL_SERVER_ERROR, "no report\n"))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], report))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::sync::atomic::{AtomicBool, Ordering};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;

    use super::*;

    struct Switch(AtomicBool);

    impl Readiness for Switch {
        fn ready(&self) -> Result<(), String> {
            if self.0.load(Ordering::Relaxed) {
                Ok(())
            } else {
                Err("no database has been read yet".to_owned())
            }
        }
    }

    async fn fetch(address: std::net::SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn four_pages_and_no_more() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let switch = Arc::new(Switch(AtomicBool::new(false)));
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(
            listener,
            Arc::new(Metrics::new().unwrap()),
            Arc::clone(&switch) as Arc<dyn Readiness>,
            Arc::default(),
            async {
                let _ = stopped.await;
            },
        ));
        assert!(fetch(address, "/healthz").await.starts_with("HTTP/1.1 200"));
        let not_yet = fetch(address, "/readyz").await;
        assert!(not_yet.starts_with("HTTP/1.1 503"), "{not_yet}");
        assert!(not_yet.contains("no database has been read yet"));
        switch.0.store(true, Ordering::Relaxed);
        assert!(fetch(address, "/readyz").await.starts_with("HTTP/1.1 200"));
        assert!(
            fetch(address, "/metrics")
                .await
                .contains("sealwire_sessions 0")
        );
        let observed = fetch(address, "/observed").await;
        assert!(observed.contains("\"statements\":[]"), "{observed}");
        assert!(fetch(address, "/").await.starts_with("HTTP/1.1 404"));
        drop(stop);
        serving.await.unwrap().unwrap();
    }
}
