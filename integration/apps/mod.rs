//! Applications of real frameworks, unchanged but for the connection string: SCENARIO.md says what each does.

mod java;
mod middleware;
mod middleware_django;
mod node;
mod python;
mod ruby;
mod shop;
mod sqlx;
