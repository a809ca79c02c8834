//! How much of its values an order gives away, simulated on a column's own data.
//!
//! Order bytes show where two values first differ, and which is less. Someone who reads them all so knows the tree of the values'
//! bits: where it forks, both bits are known. Where it does not, the one bit is not, unless the smallest or the largest value
//! goes through there, which whoever knows the span of the values (all birth dates lie between these two) has. Each bit
//! left open is guessed right by one half. What is known beside that (common names, dense numbers) only adds to it.

/// Values as strings of bits, or of order bytes: at any place behind the same beginning there are one or two of them.
pub(super) struct Sample {
    strings: Vec<Vec<u8>>,
    /// Every so many there is one that is known from the length of the whole (text); 0 for none.
    marks: usize,
}

impl Sample {
    pub(super) fn new(mut strings: Vec<Vec<u8>>, marks: usize) -> Sample {
        strings.sort_unstable();
        Sample { strings, marks }
    }

    /// The share of rows whose value is told right.
    pub(super) fn told(&self) -> f64 {
        let mut right = 0.0;
        let mut steps = vec![Step {
            first: 0,
            end: self.strings.len(),
            depth: 0,
            smallest: true,
            largest: true,
            open: 0,
        }];
        while let Some(step) = steps.pop() {
            right += self.step(step, &mut steps);
        }
        right / (self.strings.len().max(1) as f64)
    }

    /// Goes one place on, or ends with how many rows of one value are told.
    fn step(&self, step: Step, steps: &mut Vec<Step>) -> f64 {
        let range = self.strings.get(step.first..step.end).unwrap_or(&[]);
        let (Some(low), Some(high)) = (range.first(), range.last()) else {
            return 0.0;
        };
        let bounded = step.smallest || step.largest;
        if low == high {
            let rest = (step.depth..low.len()).filter(|at| !self.is_mark(*at));
            let open = step.open + if bounded { 0 } else { rest.count() };
            return range.len() as f64 * 0.5_f64.powi(i32::try_from(open).unwrap_or(i32::MAX));
        }
        let at = |string: &Vec<u8>| string.get(step.depth).copied();
        if at(low) == at(high) {
            let known = bounded || self.is_mark(step.depth);
            steps.push(Step {
                depth: step.depth + 1,
                open: step.open + usize::from(!known),
                ..step
            });
            return 0.0;
        }
        let middle = step.first + range.partition_point(|string| at(string) == at(low));
        steps.push(Step {
            end: middle,
            depth: step.depth + 1,
            largest: false,
            ..step
        });
        steps.push(Step {
            first: middle,
            depth: step.depth + 1,
            smallest: false,
            ..step
        });
        0.0
    }

    fn is_mark(&self, at: usize) -> bool {
        self.marks > 0 && at.is_multiple_of(self.marks)
    }
}

/// Values with one beginning.
#[derive(Clone, Copy)]
struct Step {
    first: usize,
    end: usize,
    depth: usize,
    /// The smallest value of all is among them, or the largest.
    smallest: bool,
    largest: bool,
    /// Places on the way whose bit is open.
    open: usize,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::value::{Canonical, Order};

    fn told(order: Order, values: impl Iterator<Item = Vec<u8>>) -> f64 {
        let codes = values.map(|value| {
            let code = order.code(&Canonical::new(value)).unwrap();
            code.expose_bits().to_vec()
        });
        let marks = if order.width().is_none() { 9 } else { 0 };
        Sample::new(codes.collect(), marks).told()
    }

    fn spread(count: u64, below: u64) -> impl Iterator<Item = u64> {
        // A linear congruential generator: the same values every time.
        let step = |seed: &u64| Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        std::iter::successors(Some(42), step)
            .skip(1)
            .take(usize::try_from(count).unwrap())
            .map(move |seed| (seed >> 33) % below)
    }

    /// The number of the design: of 100,000 birth dates 98 in a hundred.
    #[test]
    fn birth_dates_are_given_away() {
        let days = spread(100_000, 80 * 365).map(|day| {
            (i32::try_from(day).unwrap() - 20_000)
                .to_be_bytes()
                .to_vec()
        });
        let share = told(Order::Date, days);
        assert!((0.97..0.99).contains(&share), "{share}");
    }

    #[test]
    fn few_values_in_a_wide_span_are_not() {
        let wide = spread(1_000, u64::MAX >> 34).map(|number| {
            (i64::try_from(number << 30).unwrap() + 77)
                .to_be_bytes()
                .to_vec()
        });
        // The smallest and the largest are known, and next to nothing else.
        assert!(told(Order::Int8, wide) < 0.05);
    }

    #[test]
    fn what_forks_is_known() {
        let bits = |texts: &[&str]| {
            let strings = texts.iter().map(|text| text.as_bytes().to_vec());
            Sample::new(strings.collect(), 0).told()
        };
        assert!(bits(&["00", "01", "10", "11"]) == 1.0);
        // Between the two ends one bit is open.
        assert!(bits(&["000", "011", "100", "111"]) == 0.75);
        assert!(bits(&["0000", "0110", "1001", "1111"]) == 0.625);
        // Rows count, not values.
        assert!(bits(&["0000", "0110", "0110", "1111"]) == 0.625);
        assert!(bits(&["1"]) == 1.0 && bits(&[]) == 0.0);
    }

    #[test]
    fn of_text_the_length_is_known() {
        let names = ["", "a", "ab"].map(|text| text.as_bytes().to_vec());
        assert!(told(Order::Text { max: 9 }, names.into_iter()) == 1.0);
    }
}
