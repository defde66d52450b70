namespace Ronghe.Safety.ModelPosts;

/// <summary>
/// How many times as often something happened in one period as in another, with the 95 % interval that chance alone leaves open. Exact,
/// by conditioning on the sum: of a + b events, a fall into the first period like tosses of a coin (binomial), however few there are.
/// Clopper and Pearson, Biometrika 26 (1934) 404; Przyborowski and Wilenski, Biometrika 31 (1940) 313. The ratio of two such ratios is
/// bounded the same way by the noncentral hypergeometric distribution: Fisher, J. R. Stat. Soc. 98 (1935) 39.
/// </summary>
/// <param name="Ratio">Null when it cannot be computed: nothing happened in the period that one divides by.</param>
/// <param name="Low">Null when nothing can be said at all.</param>
/// <param name="High">Null when there is no upper limit.</param>
public readonly record struct RateRatio(double? Ratio, double? Low, double? High)
{
    /// <summary>Left out on each side of a 95 % interval.</summary>
    const double Tail = 0.025;

    public static readonly RateRatio Unknown = new(null, null, null);

    /// <summary>The rates differ by more than chance usually makes.</summary>
    public bool IsDistinct => Low > 1 || High < 1;

    /// <param name="a">Events in the period that is looked at.</param>
    /// <param name="exposureA">Its person-days.</param>
    /// <param name="b">Events in the period that it is compared with.</param>
    /// <param name="exposureB">Its person-days.</param>
    public static RateRatio Of(int a, double exposureA, int b, double exposureB)
    {
        if (exposureA <= 0 || exposureB <= 0 || a + b == 0) return Unknown;
        double RatioAt(double share) => share / (1 - share) * exposureB / exposureA;
        return new(
            b == 0 ? null : a * exposureB / (b * exposureA),
            a == 0 ? 0 : RatioAt(Beta.Quantile(Tail, a, b + 1)),
            b == 0 ? null : RatioAt(Beta.Quantile(1 - Tail, a + 1, b)));
    }

    /// <summary>The first change against the second: 0.5 says that it fell to half of what it would be had it gone as with the others.</summary>
    public static RateRatio Between(Change one, Change other)
    {
        if (one.IsEmpty || other.IsEmpty) return Unknown;
        var exposures = one.Exposure * other.ExposureBefore / (one.ExposureBefore * other.Exposure);
        var table = new Hypergeometric(one.Events, one.Before, other.Events, other.Before);
        return new(
            one.Before == 0 || other.Events == 0 ? null : (double)one.Events * other.Before / ((double)one.Before * other.Events) / exposures,
            table.Low(Tail) / exposures, table.High(Tail) / exposures);
    }
}

/// <summary>Events and exposure before and after.</summary>
public readonly record struct Change(int Before, double ExposureBefore, int Events, double Exposure)
{
    public bool IsEmpty => ExposureBefore <= 0 || Exposure <= 0 || Before + Events == 0;
}

/// <summary>The beta distribution, which holds the exact bounds of a binomial share.</summary>
static class Beta
{
    const int Halvings = 200, MostTerms = 20_000;
    const double Smallest = 1e-300, Precision = 1e-15;

    /// <summary>The share below which the distribution has the given part.</summary>
    public static double Quantile(double part, double a, double b)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings && low < high; i++)
        {
            var middle = (low + high) / 2;
            if (Below(middle, a, b) < part) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>The regularised incomplete beta function, by its continued fraction (modified Lentz).</summary>
    public static double Below(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - Below(1 - x, b, a);
        var front = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) + LogGamma.Of(a + b) - LogGamma.Of(a) - LogGamma.Of(b)) / a;
        var (c, d, product) = (1.0, 0.0, 1.0);
        for (var n = 0; n < MostTerms; n++)
        {
            var m = n / 2;
            var term = n == 0 ? 1
                : n % 2 == 0 ? m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)))
                : -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / Away(1 + (term * d));
            c = Away(1 + (term / c));
            product *= c * d;
            if (Math.Abs((c * d) - 1) < Precision) break;
        }
        return front * (product - 1);
    }

    static double Away(double value) => Math.Abs(value) < Smallest ? Smallest : value;
}

/// <summary>Two by two counts with fixed margins; bounds for the odds ratio.</summary>
sealed class Hypergeometric
{
    const int Halvings = 200;
    const double Farthest = 60;

    readonly int _first, _last, _seen;
    readonly double[] _logWeights;

    public Hypergeometric(int a, int b, int c, int d)
    {
        (_first, _last, _seen) = (Math.Max(0, a + c - (c + d)), Math.Min(a + b, a + c), a);
        _logWeights = [.. Enumerable.Range(_first, _last - _first + 1).Select(x => LogChoose(a + b, x) + LogChoose(c + d, a + c - x))];
    }

    public double Low(double tail) => _seen == _first ? 0 : Math.Exp(Solve(odds => AtLeastSeen(odds) - tail));

    public double? High(double tail) => _seen == _last ? null : Math.Exp(Solve(odds => tail - AtMostSeen(odds)));

    double AtLeastSeen(double logOdds) => Part(logOdds, x => x >= _seen);
    double AtMostSeen(double logOdds) => Part(logOdds, x => x <= _seen);

    double Part(double logOdds, Func<int, bool> counts)
    {
        var logs = _logWeights.Select((weight, at) => weight + ((_first + at) * logOdds)).ToArray();
        var top = logs.Max();
        var weights = logs.Select(log => Math.Exp(log - top)).ToArray();
        return weights.Where((_, at) => counts(_first + at)).Sum() / weights.Sum();
    }

    /// <summary>Where a rising function crosses nought.</summary>
    static double Solve(Func<double, double> rising)
    {
        var (low, high) = (-Farthest, Farthest);
        for (var i = 0; i < Halvings && high - low > 1e-12; i++)
        {
            var middle = (low + high) / 2;
            if (rising(middle) < 0) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    static double LogChoose(int n, int k) => LogGamma.Of(n + 1) - LogGamma.Of(k + 1) - LogGamma.Of(n - k + 1);
}

/// <summary>Lanczos' approximation, good to fifteen digits for arguments of half and more.</summary>
static class LogGamma
{
    const double Shift = 7;

    static readonly double[] Terms =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    public static double Of(double x)
    {
        var y = x - 1;
        var sum = Terms[0];
        for (var i = 1; i < Terms.Length; i++) sum += Terms[i] / (y + i);
        var t = y + Shift + 0.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((y + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
