//! The admin address: /metrics, /healthz, /readyz.
