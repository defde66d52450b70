using Ronghe.Duties.Calendar;

namespace Ronghe.Tests.Duties.Calendar;

public class IcsTextTests
{
    static readonly Uri Product = new("https://ronghe.example");
    static readonly Guid Id = Guid.CreateVersion7();

    static CalendarEntry Entry(string outside, DateOnly from, DateOnly to) => new("plan", Id, "内部标题", from, to, PlanTag.Both, $"/calendar/plans/{Id}", outside);

    [Fact]
    public void Whole_days_end_on_the_day_after_and_words_come_back_as_they_were()
    {
        var words = "检修；2 号机, \"C 级\"\\备用\r\n第二行；" + string.Concat(Enumerable.Repeat("锅炉😀", 30));
        var read = Assert.Single(IcsReader.Read(IcsText.Of("我的, 日程", [Entry(words, new(2026, 12, 30), new(2027, 1, 2))], Product, TestClock.Start)));
        Assert.Equal(words.Replace("\r\n", "\n"), read.Summary);
        Assert.Equal((new DateOnly(2026, 12, 30), new DateOnly(2027, 1, 2)), (read.From, read.To));
        Assert.Equal("党建,生产", read.Properties["CATEGORIES"]);
        Assert.Equal($"https://ronghe.example/calendar/plans/{Id}", read.Properties["URL"]);
    }

    [Fact]
    public void A_line_keeps_its_number_when_its_days_and_words_change()
    {
        var before = Assert.Single(IcsReader.Read(IcsText.Of("日程", [Entry("检修", new(2026, 12, 1), new(2026, 12, 1))], Product, TestClock.Start)));
        var after = Assert.Single(IcsReader.Read(IcsText.Of("日程", [Entry("停机", new(2026, 12, 8), new(2026, 12, 9))], Product, TestClock.Start.AddDays(3))));
        Assert.Equal(before.Uid, after.Uid);
    }

    [Fact]
    public void What_stays_inside_does_not_go_out() =>
        Assert.DoesNotContain("内部标题", IcsText.Of("日程", [Entry("检修", new(2026, 12, 1), new(2026, 12, 1))], Product, TestClock.Start).Replace("\r\n ", ""));

    [Fact]
    public void An_empty_calendar_is_one_all_the_same() => Assert.Empty(IcsReader.Read(IcsText.Of("日程", [], Product, TestClock.Start)));
}
