//! Inputs made of seeds: changed, cut, joined, repeated.

/// Numbers from a fixed seed (xorshift64*).
pub struct Dice(u64);

impl Dice {
    /// Always the same ones.
    pub fn of(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end.max(1)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A part of something, of up to so many bytes.
    fn part(&mut self, length: usize, longest: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let end = start + self.below(longest.min(length - start) + 1);
        start..end
    }
}

/// Longest input.
const LONGEST: usize = 4_096;

/// A new input.
pub fn made(seeds: &[Vec<u8>], words: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut input = dice.one(seeds).clone();
    for _ in 0..=dice.below(4) {
        change(&mut input, seeds, words, dice);
        input.truncate(LONGEST);
    }
    input
}

fn change(input: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[Vec<u8>], dice: &mut Dice) {
    match dice.below(9) {
        0 if !input.is_empty() => {
            let at = dice.below(input.len());
            input[at] ^= 1 << dice.below(8);
        }
        1 if !input.is_empty() => {
            let at = dice.below(input.len());
            input[at] = *dice.one(&[
                0, 0xff, 0x7f, 0x80, 1, b'\'', b'"', b'\\', b'\n', b'\r', b'(', b' ',
            ]);
        }
        2 => {
            let part = dice.part(input.len(), 12);
            input.drain(part);
        }
        3 => {
            // A part again, at another place, once or many times.
            let part = dice.part(input.len(), 24);
            let times = *dice.one(&[1, 1, 2, 30]);
            let again = input[part].repeat(times);
            let at = dice.below(input.len() + 1);
            input.splice(at..at, again);
        }
        4 => {
            let other = dice.one(seeds).clone();
            let part = dice.part(other.len(), 60);
            let at = dice.below(input.len() + 1);
            input.splice(at..at, other[part].iter().copied());
        }
        5 => {
            let other = dice.one(seeds).clone();
            let (cut, from) = (dice.below(input.len() + 1), dice.below(other.len() + 1));
            input.truncate(cut);
            input.extend_from_slice(&other[from..]);
        }
        6 => {
            let end = dice.below(input.len() + 1);
            input.truncate(end);
        }
        _ if !words.is_empty() => {
            let part = dice.part(input.len(), 8);
            let word = dice.one(words).clone();
            input.splice(part, word);
        }
        _ => input.push(dice.below(256) as u8),
    }
}
