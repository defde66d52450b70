using Ronghe.Platform.Search;

namespace Ronghe.Tests.Platform.Search;

public class DayBlocksTests
{
    static readonly DateOnly Oldest = new(2019, 5, 5), Newest = new(2026, 11, 21);

    /// <summary>Dense of late, thin before, with a burst in between.</summary>
    static int Level(DateOnly day, int before) => day.Year switch { 2026 => Math.Min(before, 1), 2024 => 1, 2023 => 0, 2022 => 5, _ => 3 };

    public static TheoryData<DateOnly, DateOnly> Stretches => new()
    {
        { Oldest, Newest }, { Newest, Newest }, { new(2023, 12, 31), new(2024, 1, 1) }, { DayBlocks.Beginning, Newest }, { new(2022, 2, 3), new(2026, 1, 1) },
    };

    [Theory, MemberData(nameof(Stretches))]
    public void Backwards_every_day_lies_in_exactly_one_block_and_blocks_come_in_order(DateOnly oldest, DateOnly newest)
    {
        var blocks = DayBlocks.Back(newest, oldest, Level).ToList();
        var last = -1;
        for (var day = newest; day >= oldest; day = day.AddDays(-1))
        {
            var at = Assert.Single(DayBlocks.Of(day).Select(token => blocks.IndexOf(token)), place => place >= 0);
            Assert.InRange(at, last, last + 1);
            last = at;
        }
        Assert.Equal(blocks.Count - 1, last);
    }

    [Theory, MemberData(nameof(Stretches))]
    public void Forwards_too(DateOnly oldest, DateOnly newest)
    {
        var blocks = DayBlocks.Forth(oldest, newest, Level).ToList();
        var last = -1;
        for (var day = oldest; day <= newest; day = day.AddDays(1))
        {
            var at = Assert.Single(DayBlocks.Of(day).Select(token => blocks.IndexOf(token)), place => place >= 0);
            Assert.InRange(at, last, last + 1);
            last = at;
        }
        Assert.Equal(blocks.Count - 1, last);
    }

    [Fact]
    public void The_fours_of_a_block_are_those_under_which_its_days_are_found()
    {
        foreach (var day in new[] { Oldest, Newest, Newest.AddDays(-1), Newest.AddDays(-200) })
            foreach (var block in DayBlocks.Of(day)[..4])
            {
                var (first, last) = DayBlocks.FoursOf(block);
                Assert.InRange(DayBlocks.Of(day)[DayBlocks.PlaceOfFour], first, last);
                Assert.Equal(Enumerable.Range(-1024, 2048).Select(day.AddDays).Where(other => DayBlocks.Of(other).Contains(block)).Select(other => DayBlocks.Of(other)[DayBlocks.PlaceOfFour]).Distinct(), Enumerable.Range(first, last - first + 1));
            }
        Assert.All(DayBlocks.Of(Newest)[4..], block => Assert.Equal((0, 0), DayBlocks.FoursOf(block)));
    }

    [Fact]
    public void Fours_are_counted_from_the_oldest_day_to_the_last_that_are_over()
    {
        var fours = DayBlocks.Fours(Oldest, Newest).ToList();
        Assert.Equal(DayBlocks.Of(Oldest)[DayBlocks.PlaceOfFour], fours[0]);
        Assert.Equal(Enumerable.Range(fours[0], fours.Count), fours);
        var days = Enumerable.Range(0, Newest.DayNumber - Oldest.DayNumber).Select(Oldest.AddDays).ToList();
        Assert.Equal(days.Select(day => DayBlocks.Of(day)[DayBlocks.PlaceOfFour]).Distinct().Where(four => days.Count(day => DayBlocks.Of(day)[DayBlocks.PlaceOfFour] == four) == 4 || four == fours[0]), fours);
    }

    [Fact]
    public void Words_of_characters_are_told_from_days_and_from_hashed_words()
    {
        Assert.All((string[])["一", "龥", "一一", "龥龥", "护栏"], word => Assert.True(WordCodes.IsChinese(WordCodes.Of(word))));
        Assert.All((string[])["a", "2026", "yh-2026", "护栏a"], word => Assert.False(WordCodes.IsChinese(WordCodes.Of(word))));
        Assert.All(DayBlocks.Of(Newest), block => Assert.False(WordCodes.IsChinese(block)));
    }

    [Fact]
    public void A_block_is_never_taken_for_a_word() =>
        Assert.Empty(DayBlocks.Of(Newest).Concat(DayBlocks.Of(Oldest)).Intersect(((string[])["一", "龥", "一一", "龥龥", "a", "2026"]).Select(word => WordCodes.Of(word))));

    [Fact]
    public void A_day_before_all_records_is_found_like_the_first() => Assert.Equal(DayBlocks.Of(DayBlocks.Beginning), DayBlocks.Of(new(1970, 1, 1)));
}
