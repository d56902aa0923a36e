//! Repeatable chance: SplitMix64 (Steele, Lea and Flood, 2014), 64 bits of state, the same numbers on every machine.
//! Good enough to vary a story, never for a secret.

/// A stream of numbers that depends on its seed alone.
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Another stream, told apart by a number: what happens to one declaration does not shift the others.
    pub fn branch(&self, number: u64) -> Self {
        let mut seeded = Self { state: self.state ^ number.wrapping_mul(0xD6E8_FEB8_6659_FD93) };
        seeded.draw();
        seeded
    }

    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to `most` - 1; 0 when there is nothing to choose.
    pub fn below(&mut self, most: usize) -> usize {
        let wide = u128::from(self.draw()) * u128::try_from(most).unwrap_or(0);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// `from` to `to`, both included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = usize::try_from(to.saturating_sub(from).saturating_add(1)).unwrap_or(1);
        from + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < usize::try_from(chance).unwrap_or(100)
    }

    /// One of a list.
    pub fn one<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(list.len()))
    }

    /// One of a list, by weight.
    pub fn weighted<T: Copy>(&mut self, list: &[(T, u32)], otherwise: T) -> T {
        let total: usize = list.iter().map(|(_, weight)| usize::try_from(*weight).unwrap_or(0)).sum();
        let mut drawn = self.below(total);
        for (value, weight) in list {
            let weight = usize::try_from(*weight).unwrap_or(0);
            if drawn < weight {
                return *value;
            }
            drawn -= weight;
        }
        otherwise
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_published_algorithm() {
        // First outputs of SplitMix64 for seed 1234567, as published with the algorithm's reference code.
        let mut chance = Chance::new(1_234_567);
        assert_eq!(chance.draw(), 6_457_827_717_110_365_317);
        assert_eq!(chance.draw(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn bounds_are_kept() {
        let mut chance = Chance::new(7);
        for _ in 0..1_000 {
            assert!((3..=5).contains(&chance.between(3, 5)));
            assert!(chance.below(4) < 4);
        }
        assert_eq!(chance.below(0), 0);
    }
}
