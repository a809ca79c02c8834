//! Reading SQL: tokens, parse, scope, resolve. The only door to sqlparser.
