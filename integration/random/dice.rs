//! Choices from a seed: the same seed, the same statements.

/// A stream of numbers (xorshift64*).
pub struct Dice(u64);

impl Dice {
    /// The dice of one case of a run: cases can be repeated alone.
    pub fn of_case(seed: u64, number: usize) -> Dice {
        let mut dice = Dice((seed ^ (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1);
        for _ in 0..4 {
            dice.below(2);
        }
        dice
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the entries, by their weights.
    pub fn weighted<T: Copy>(&mut self, of: &[(usize, T)]) -> T {
        let total = of.iter().map(|(weight, _)| weight).sum();
        let mut at = self.below(total);
        for (weight, entry) in of {
            if at < *weight {
                return *entry;
            }
            at -= weight;
        }
        unreachable!("the weights add up")
    }
}
