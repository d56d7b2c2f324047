//! Ctrl-C and SIGTERM: the first one asks to stop, the second one ends the program at once.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// How often it is looked whether a signal has come.
const LOOK: Duration = Duration::from_millis(50);

/// How long documents in work may take after the first signal; long enough for any usual one.
const GRACE: Duration = Duration::from_secs(2);

pub(crate) struct Signals {
    /// Set by the first signal.
    pub(crate) stopping: Arc<AtomicBool>,
    which: Arc<AtomicUsize>,
}

impl Signals {
    pub(crate) fn listen() -> io::Result<Self> {
        let signals = Self {
            stopping: Arc::new(AtomicBool::new(false)),
            which: Arc::new(AtomicUsize::new(0)),
        };
        for signal in [SIGINT, SIGTERM] {
            // In this order: whether it is the second one is asked before the first one is noted.
            flag::register_conditional_shutdown(signal, 128 + signal, signals.stopping.clone())?;
            flag::register_usize(signal, signals.which.clone(), signal as usize)?;
            flag::register(signal, signals.stopping.clone())?;
        }
        Ok(signals)
    }

    /// Calls `told` when a signal has come, and `late` some time after.
    pub(crate) fn watch(
        &self,
        told: impl FnOnce() + Send + 'static,
        late: impl FnOnce() + Send + 'static,
    ) {
        let stopping = self.stopping.clone();
        thread::spawn(move || {
            while !stopping.load(Ordering::Relaxed) {
                thread::sleep(LOOK);
            }
            told();
            thread::sleep(GRACE);
            late();
        });
    }

    /// The exit code for the signal that came: 130 or 143.
    pub(crate) fn code(&self) -> u8 {
        let signal = self.which.load(Ordering::Relaxed);
        u8::try_from(128 + signal).unwrap_or(u8::MAX)
    }
}
