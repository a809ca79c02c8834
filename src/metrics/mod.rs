//! Counters and histograms. The only door to prometheus.
