using Ronghe.Safety.ModelPosts;

namespace Ronghe.Tests.Safety.ModelPosts;

/// <summary>The statistics alone: against published values, and against what any such interval must do.</summary>
public class RateRatioTests
{
    static readonly Random Dice = new(20261120);

    static void Near(double expected, double? actual, double relative = 1e-6) => Assert.InRange(actual!.Value, expected * (1 - relative), expected * (1 + relative));

    /// <summary>The example of R's poisson.test: 11 events in 800 person-years against 21 in 3011.</summary>
    [Fact]
    public void It_gives_what_R_gives_for_the_ratio_of_two_rates()
    {
        var ratio = RateRatio.Of(11, 800, 21, 1083 + 1050 + 878);
        Near(1.971488, ratio.Ratio, 1e-6);
        Near(0.8584264, ratio.Low, 1e-6);
        Near(4.2772659, ratio.High, 1e-6);
        Assert.False(ratio.IsDistinct);
    }

    /// <summary>The lady tasting tea (Fisher 1935; the example of R's fisher.test), whose limits are roots of a polynomial of the fourth degree.</summary>
    [Fact]
    public void It_gives_the_known_limits_for_the_ratio_of_two_ratios()
    {
        var ratio = RateRatio.Between(new(Before: 1, 1, Events: 3, 1), new(Before: 3, 1, Events: 1, 1));
        double Whole(double odds) => 1 + (16 * odds) + (36 * odds * odds) + (16 * Math.Pow(odds, 3)) + Math.Pow(odds, 4);
        Near(0.025, ((16 * Math.Pow(ratio.Low!.Value, 3)) + Math.Pow(ratio.Low.Value, 4)) / Whole(ratio.Low.Value), 1e-9);
        Near(0.025, 1 - (Math.Pow(ratio.High!.Value, 4) / Whole(ratio.High.Value)), 1e-9);
        Near(0.2117355954, ratio.Low);
        Near(626.2435306, ratio.High);
        Near(9, ratio.Ratio);
    }

    [Fact]
    public void Nothing_is_said_of_nothing_and_nought_has_one_bound()
    {
        Assert.Equal(RateRatio.Unknown, RateRatio.Of(0, 100, 0, 100));
        Assert.Equal(RateRatio.Unknown, RateRatio.Of(3, 100, 3, 0));
        Assert.Equal((0d, 0d), (RateRatio.Of(0, 100, 4, 100).Ratio, RateRatio.Of(0, 100, 4, 100).Low));
        Assert.Equal((null, null), (RateRatio.Of(4, 100, 0, 100).Ratio, RateRatio.Of(4, 100, 0, 100).High));
        Near(Math.Pow(0.025, 1.0 / 4) / (1 - Math.Pow(0.025, 1.0 / 4)), RateRatio.Of(4, 100, 0, 100).Low);
    }

    [Fact]
    public void Looked_at_from_the_other_side_it_is_the_reciprocal_and_only_the_share_of_the_exposure_counts()
    {
        for (var i = 0; i < 300; i++)
        {
            var (a, b, ta, tb) = (Dice.Next(1, 400), Dice.Next(1, 400), Dice.Next(1, 10_000), Dice.Next(1, 10_000));
            var (one, other, scaled) = (RateRatio.Of(a, ta, b, tb), RateRatio.Of(b, tb, a, ta), RateRatio.Of(a, ta * 7.0, b, tb * 7.0));
            Near(1 / one.Ratio!.Value, other.Ratio, 1e-9);
            Near(1 / one.Low!.Value, other.High, 1e-6);
            Near(1 / one.High!.Value, other.Low, 1e-6);
            Near(one.Low.Value, scaled.Low, 1e-9);
            Assert.True(one.Low < one.Ratio && one.Ratio < one.High);
        }
    }

    [Fact]
    public void Four_times_the_events_narrow_the_interval()
    {
        for (var i = 0; i < 100; i++)
        {
            var (a, b) = (Dice.Next(1, 50), Dice.Next(1, 50));
            var (few, many) = (RateRatio.Of(a, 1, b, 1), RateRatio.Of(4 * a, 1, 4 * b, 1));
            Assert.True(many.High / many.Low < few.High / few.Low);
        }
    }

    /// <summary>Whatever the true ratio, the interval holds it in at least 95 of 100 cases: summed exactly over all ways n events can fall.</summary>
    [Theory, InlineData(0.2), InlineData(0.7), InlineData(1), InlineData(1.6), InlineData(5)]
    public void It_covers_the_truth_at_least_95_times_in_100(double truth)
    {
        var share = truth / (1 + truth);
        foreach (var n in (int[])[1, 2, 5, 10, 20, 40])
        {
            var (covered, probability) = (0.0, Math.Pow(1 - share, n));
            for (var a = 0; a <= n; a++)
            {
                var ratio = RateRatio.Of(a, 1, n - a, 1);
                if (ratio.Low <= truth && (ratio.High ?? double.PositiveInfinity) >= truth) covered += probability;
                probability *= (double)(n - a) / (a + 1) * share / (1 - share);
            }
            Assert.True(covered >= 0.95, $"n = {n}: {covered}");
        }
    }

    [Fact]
    public void The_contrast_takes_away_what_changed_everywhere()
    {
        var same = RateRatio.Between(new(40, 1000, 20, 1000), new(400, 10_000, 200, 10_000));
        Near(1, same.Ratio);
        Assert.False(same.IsDistinct);
        var better = RateRatio.Between(new(80, 1000, 20, 1000), new(400, 10_000, 400, 10_000));
        Near(0.25, better.Ratio);
        Assert.True(better.High < 1);
        Assert.Equal(RateRatio.Unknown, RateRatio.Between(new(1, 1, 1, 1), new(0, 1, 0, 1)));
    }

    [Fact]
    public void Fewer_than_five_events_say_nothing_and_an_interval_around_one_is_not_called_a_change()
    {
        EffectLine Line(int before, int during) => new(EffectMeasure.Violations, EffectScope.Range, before, during, 10_000, 10_000);
        Assert.Contains("什么也不能断定", Line(40, 4).Verdict);
        Assert.Contains("什么也不能断定", Line(4, 40).Verdict);
        Assert.Contains("看不出差别", Line(10, 8).Verdict);
        Assert.Contains("少", Line(40, 10).Verdict);
        Assert.Contains("多", Line(10, 40).Verdict);
        Assert.Equal(1.0, Line(10, 8).RateBefore);
    }

    [Fact]
    public void The_time_before_is_as_long_as_the_term_and_no_longer_than_the_records()
    {
        DateOnly from = new(2026, 7, 1), today = new(2026, 9, 28);
        Assert.Equal((90, 90), EffectPeriods.Of(from, new(2027, 6, 30), today, new(2020, 1, 1)) is { } whole ? (whole.DaysBefore, whole.DaysDuring) : default);
        var cut = EffectPeriods.Of(from, new(2027, 6, 30), today, new(2026, 6, 1))!;
        Assert.Equal((30, 90, true), (cut.DaysBefore, cut.DaysDuring, cut.IsCut));
        Assert.Equal(0, EffectPeriods.Of(from, new(2027, 6, 30), today, new(2026, 8, 1))!.DaysBefore);
        Assert.Equal(10, EffectPeriods.Of(from, new(2026, 7, 10), today, null)!.DaysDuring);
        Assert.Null(EffectPeriods.Of(today.AddDays(1), new(2027, 6, 30), today, null));
    }
}
