//! Rank correlation, and how often the better one ranks higher.

/// Spearman's rank correlation with ties given their mean rank; `None` when either side does not vary.
///
/// ```
/// use skillscreen::eval::spearman;
///
/// assert_eq!(spearman(&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]), Some(1.0));
/// assert_eq!(spearman(&[1.0, 2.0], &[5.0, 5.0]), None);
/// ```
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = (ranks(a), ranks(b));
    let n = a.len().min(b.len()) as f64;
    let mean = |ranks: &[f64]| ranks.iter().sum::<f64>() / n;
    let (mean_a, mean_b) = (mean(&a), mean(&b));
    let covariance: f64 = a
        .iter()
        .zip(&b)
        .map(|(x, y)| (x - mean_a) * (y - mean_b))
        .sum();
    let variance =
        |ranks: &[f64], mean: f64| ranks.iter().map(|rank| (rank - mean).powi(2)).sum::<f64>();
    let product = variance(&a, mean_a) * variance(&b, mean_b);
    (product > 0.0).then(|| covariance / product.sqrt())
}

/// Ranks from 1, ties with their mean rank.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let equal = order[first..]
            .iter()
            .take_while(|&&n| values[n] == values[order[first]])
            .count();
        let mean = (2 * first + equal + 1) as f64 / 2.0;
        for &n in &order[first..first + equal] {
            ranks[n] = mean;
        }
        first += equal;
    }
    ranks
}

/// The share of pairs of a good and a bad one in which the good one scores higher, ties counted half; `None` without both kinds.
///
/// ```
/// assert_eq!(skillscreen::eval::auc(&[3.0, 1.0, 2.0], &[true, false, false]), Some(1.0));
/// ```
pub fn auc(scores: &[f64], good: &[bool]) -> Option<f64> {
    let of = |wanted: bool| {
        scores
            .iter()
            .zip(good)
            .filter(move |(_, good)| **good == wanted)
            .map(|(score, _)| *score)
    };
    let pairs = of(true).count() * of(false).count();
    let wins: f64 = of(true)
        .flat_map(|better| {
            of(false).map(move |worse| {
                if better > worse {
                    1.0
                } else if better == worse {
                    0.5
                } else {
                    0.0
                }
            })
        })
        .sum();
    (pairs > 0).then(|| wins / pairs as f64)
}
