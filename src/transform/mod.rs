//! Seals parameters and literals; opens or masks rows.
