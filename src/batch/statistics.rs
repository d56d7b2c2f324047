//! The interval around a share.

/// The 97.5 % quantile of the normal distribution: two of them hold 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// The 95 % Wilson score interval of `count` out of `of`, in percent with one decimal; `None` when `of` is 0.
///
/// Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical
/// Association 22, 209–212. It keeps its coverage for small counts and never leaves 0 to 100, as the plain normal interval does.
///
/// ```
/// assert_eq!(skillscreen::batch::wilson(6, 100), Some((2.8, 12.5)));
/// assert_eq!(skillscreen::batch::wilson(0, 10), Some((0.0, 27.8)));
/// assert_eq!(skillscreen::batch::wilson(0, 0), None);
/// ```
pub fn wilson(count: u64, of: u64) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let n = of as f64;
    let share = count as f64 / n;
    let z2 = Z * Z;
    let centre = share + z2 / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let percent = |value: f64| (value / (1.0 + z2 / n) * 1000.0).round().clamp(0.0, 1000.0) / 10.0;
    Some((percent(centre - spread), percent(centre + spread)))
}
