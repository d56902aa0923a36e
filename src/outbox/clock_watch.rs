//! Says in the journal when the clock of the machine was moved (trust.md T2, C10).

use std::time;

use chrono::TimeDelta;

use crate::app::App;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{self, Event};

/// Less is the ordinary work of whatever sets the clock.
const BEHIND: TimeDelta = TimeDelta::seconds(2);
const AHEAD: TimeDelta = TimeDelta::seconds(60);

/// What was seen at the last look.
#[derive(Default)]
pub struct ClockWatch {
    last: Option<(Instant, time::Instant)>,
    lag: TimeDelta,
}

impl ClockWatch {
    /// Looks, and records what it sees once.
    ///
    /// # Errors
    /// The database fails: it is looked at again.
    pub fn look(&mut self, app: &App) -> Result<()> {
        if !app.clock.is_of_the_machine() {
            return Ok(());
        }
        let (now, here, lag) = (app.clock.now(), time::Instant::now(), app.clock.lag());
        let passed = self.last.map(|(then, there)| (now - then, here.saturating_duration_since(there)));
        if let Some(moved) = self.moved(passed, lag) {
            let seconds = moved.num_seconds();
            tracing::error!(seconds, "the clock of the machine was moved");
            app.write_here(move |tx| journal::record(tx, None, None, &Event::ClockMoved { seconds }))?;
        }
        self.last = Some((now, here));
        self.lag = lag;
        Ok(())
    }

    /// By how much it moved since the last look: `passed` on the clock and on the counter of the processor, now `lag` behind.
    fn moved(&self, passed: Option<(TimeDelta, time::Duration)>, lag: TimeDelta) -> Option<TimeDelta> {
        if lag > BEHIND {
            // It catches up from then on: told again only when it was set back further.
            return (lag > self.lag + BEHIND).then_some(-lag);
        }
        let (clock, counter) = passed?;
        let ahead = clock - TimeDelta::from_std(counter).ok()?;
        (ahead > AHEAD).then_some(ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_moves_is_told_once_and_one_that_is_set_a_little_is_not() {
        let second = time::Duration::from_secs(1);
        let mut watch = ClockWatch::default();
        let steady = Some((TimeDelta::milliseconds(1_900), second));
        assert_eq!(watch.moved(None, TimeDelta::zero()), None);
        assert_eq!(watch.moved(steady, TimeDelta::milliseconds(900)), None, "the twin: set by a fraction");
        assert_eq!(watch.moved(steady, TimeDelta::hours(1)), Some(-TimeDelta::hours(1)));
        watch.lag = TimeDelta::hours(1);
        assert_eq!(watch.moved(steady, TimeDelta::minutes(59)), None, "told already");
        assert_eq!(watch.moved(steady, TimeDelta::hours(2)), Some(-TimeDelta::hours(2)), "set back again");
        watch.lag = TimeDelta::zero();
        let day = Some((TimeDelta::days(1) + TimeDelta::seconds(1), second));
        assert_eq!(watch.moved(day, TimeDelta::zero()), Some(TimeDelta::days(1)));
    }
}
