//! Who is asking: what a grant gives at which moment, and to callers from where.

mod conditions;
