//! Work in parallel, results in order, and at most a window of them held.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often a waiting reader looks whether it is cancelled. 100 ms: nobody notices, and it costs nothing.
const LOOK: Duration = Duration::from_millis(100);

/// Where items wait for a thread, and results for those before them.
///
/// One thread [feeds](Self::feed), some [work](Self::work), one takes results by [`next`](Self::next).
pub(super) struct Ordered<I, O> {
    state: Mutex<State<I, O>>,
    /// There is work, or there will be none.
    work: Condvar,
    /// A result has been taken, so there is room for an item.
    room: Condvar,
    /// There is a result, or there will be none.
    ready: Condvar,
    /// Items held at most: waiting, in work, and done but not taken.
    window: u64,
    cancel: Option<Arc<AtomicBool>>,
}

struct State<I, O> {
    waiting: VecDeque<I>,
    done: BTreeMap<u64, O>,
    /// Items let in, begun, and taken as results, so far. Items are begun in order, so those begun are always the first ones.
    admitted: u64,
    begun: u64,
    taken: u64,
    /// No more items come in.
    ended: bool,
    /// Ended before the items did.
    cut: bool,
}

impl<I, O> Ordered<I, O> {
    pub(super) fn new(window: usize, cancel: Option<Arc<AtomicBool>>) -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                done: BTreeMap::new(),
                admitted: 0,
                begun: 0,
                taken: 0,
                ended: false,
                cut: false,
            }),
            work: Condvar::new(),
            room: Condvar::new(),
            ready: Condvar::new(),
            window: window.max(1) as u64,
            cancel,
        }
    }

    /// Lets items in until there are none or the end has come.
    pub(super) fn feed(&self, items: impl Iterator<Item = I>) {
        // An iterator that panics ends the items, too; waiting for more of them would never end.
        let mut end = EndOfItems {
            ordered: self,
            complete: false,
        };
        for item in items {
            let mut state = self.lock();
            while !state.ended && state.admitted - state.taken >= self.window {
                state = wait(&self.room, state);
            }
            if state.ended {
                return;
            }
            state.waiting.push_back(item);
            state.admitted += 1;
            drop(state);
            self.work.notify_one();
        }
        end.complete = true;
    }

    /// Turns items into results until there are none.
    pub(super) fn work(&self, mut work: impl FnMut(I) -> O) {
        loop {
            let mut state = self.lock();
            let item = loop {
                if let Some(item) = state.waiting.pop_front() {
                    break item;
                }
                if state.ended {
                    return;
                }
                state = wait(&self.work, state);
            };
            let number = state.begun;
            state.begun += 1;
            drop(state);
            let result = work(item);
            self.lock().done.insert(number, result);
            self.ready.notify_one();
        }
    }

    /// The next result in the order of the items, as soon as it is there.
    pub(super) fn next(&self) -> Option<O> {
        let mut state = self.lock();
        loop {
            let cancelled = self
                .cancel
                .as_ref()
                .is_some_and(|cancel| cancel.load(Ordering::Relaxed));
            if cancelled && !(state.ended && state.waiting.is_empty()) {
                self.end(&mut state);
            }
            let number = state.taken;
            if let Some(result) = state.done.remove(&number) {
                state.taken += 1;
                drop(state);
                self.room.notify_one();
                return Some(result);
            }
            if state.ended && state.taken == state.admitted {
                return None;
            }
            state = match self.cancel {
                None => wait(&self.ready, state),
                Some(_) => {
                    self.ready
                        .wait_timeout(state, LOOK)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0
                }
            };
        }
    }

    /// Lets nothing in any more and forgets what is not begun.
    pub(super) fn close(&self) {
        self.end(&mut self.lock());
    }

    /// Whether it ended before the items did.
    pub(super) fn is_cut(&self) -> bool {
        self.lock().cut
    }

    fn end(&self, state: &mut State<I, O>) {
        state.cut |= !state.ended || !state.waiting.is_empty();
        state.ended = true;
        state.waiting.clear();
        state.admitted = state.begun;
        self.work.notify_all();
        self.room.notify_all();
        self.ready.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<I, O>> {
        // Nothing panics under the lock; were it so, the state would still be sound.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wait<'a, T>(condition: &Condvar, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
    condition
        .wait(guard)
        .unwrap_or_else(PoisonError::into_inner)
}

/// Says that no more items come, however the feeding ends.
struct EndOfItems<'a, I, O> {
    ordered: &'a Ordered<I, O>,
    complete: bool,
}

impl<I, O> Drop for EndOfItems<'_, I, O> {
    fn drop(&mut self) {
        let mut state = self.ordered.lock();
        if !state.ended {
            state.ended = true;
            state.cut = !self.complete;
        }
        drop(state);
        self.ordered.work.notify_all();
        self.ordered.ready.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU64;

    #[test]
    fn results_come_in_order_and_at_most_a_window_is_held() {
        for threads in [1, 2, 5] {
            let ordered = Ordered::new(4, None);
            let (fed, most) = (AtomicU64::new(0), AtomicU64::new(0));
            let taken = AtomicU64::new(0);
            let items = (0..200u64).inspect(|_| {
                let held = fed.fetch_add(1, Ordering::SeqCst) - taken.load(Ordering::SeqCst);
                most.fetch_max(held, Ordering::SeqCst);
            });
            let results: Vec<u64> = std::thread::scope(|scope| {
                scope.spawn(|| ordered.feed(items));
                for _ in 0..threads {
                    scope.spawn(|| {
                        ordered.work(|n: u64| {
                            // Every seventh is slow, so that others overtake it.
                            if n.is_multiple_of(7) {
                                std::thread::sleep(Duration::from_millis(1));
                            }
                            n * n
                        });
                    });
                }
                std::iter::from_fn(|| {
                    let next = ordered.next();
                    taken.fetch_add(1, Ordering::SeqCst);
                    next
                })
                .collect()
            });
            assert_eq!(results, (0..200).map(|n| n * n).collect::<Vec<u64>>());
            // One more is in the feeder's hand.
            assert!(most.into_inner() <= 5);
            assert!(!ordered.is_cut());
        }
    }

    #[test]
    fn a_cancelled_run_gives_the_first_results_and_stops() {
        let cancel = Arc::new(AtomicBool::new(false));
        let ordered = Ordered::new(8, Some(cancel.clone()));
        let results: Vec<u64> = std::thread::scope(|scope| {
            scope.spawn(|| ordered.feed(0..));
            scope.spawn(|| ordered.work(|n: u64| n));
            let mut results = Vec::new();
            while let Some(result) = ordered.next() {
                results.push(result);
                if result == 20 {
                    cancel.store(true, Ordering::Relaxed);
                }
            }
            results
        });
        assert!(results.len() > 20 && results.len() < 40);
        assert!(results.iter().copied().eq(0..results.len() as u64));
        assert!(ordered.is_cut());
    }

    #[test]
    fn items_that_panic_end_and_are_known_to_be_cut() {
        let ordered: Arc<Ordered<u64, u64>> = Arc::new(Ordered::new(8, None));
        let line = ordered.clone();
        let feeder = std::thread::spawn(move || {
            line.feed((0..9).inspect(|&n| assert!(n < 3, "the iterator breaks")));
        });
        let line = ordered.clone();
        let worker = std::thread::spawn(move || line.work(|n| n));
        assert_eq!(
            std::iter::from_fn(|| ordered.next()).collect::<Vec<_>>(),
            [0, 1, 2]
        );
        assert!(feeder.join().is_err());
        worker.join().unwrap();
        assert!(ordered.is_cut());
    }
}
